"""The help texts of docs/ as page text: the few forms of Markdown that they use, everything else as written."""

import re
from collections.abc import Callable
from html import escape

_ANCHOR = re.compile(r'^<a id="([a-z0-9-]+)"></a>')
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`([^`]+)`")


def to_html(text: str, *, link: Callable[[str], str]) -> str:
    """Return safe HTML of headings, paragraphs, lists and tables.

    `link` gives the address for a link's target, or nothing where its words are to stand alone.
    """
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return "\n".join(_block(block.strip(), link) for block in blocks if block.strip())


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading: "30-day window" is at "30-day-window"."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", heading.lower()).strip())


def anchors_in(text: str) -> frozenset[str]:
    """Return every anchor of a help text: its headings' and those set by hand."""
    headings = re.findall(r"^#{1,4} (.+)$", text, re.MULTILINE)
    by_hand = re.findall(r'<a id="([a-z0-9-]+)"></a>', text)
    return frozenset([anchor_of(each) for each in headings] + by_hand)


def _block(block: str, link: Callable[[str], str]) -> str:
    lines = block.split("\n")
    heading = re.match(r"^(#{1,4}) (.+)$", lines[0])
    if heading:
        level = len(heading[1])
        title = f'<h{level} id="{anchor_of(heading[2])}">{_inline(heading[2], link)}</h{level}>'
        rest = "\n".join(lines[1:]).strip()
        return title + ("\n" + _block(rest, link) if rest else "")
    if lines[0].startswith("|"):
        return _table(lines, link)
    if lines[0].startswith("- "):
        return _items(block, link)
    return f"<p>{_inline(' '.join(lines), link)}</p>"


def _items(block: str, link: Callable[[str], str]) -> str:
    items = re.split(r"^- ", block, flags=re.MULTILINE)[1:]
    shown = "".join(f"<li>{_inline(' '.join(item.split()), link)}</li>" for item in items)
    return f"<ul>{shown}</ul>"


def _table(lines: list[str], link: Callable[[str], str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head = "".join(f'<th scope="col">{_inline(cell, link)}</th>' for cell in rows[0])
    body = "".join(
        "<tr>" + "".join(f"<td>{_inline(cell, link)}</td>" for cell in row) + "</tr>" for row in rows[2:]
    )
    return (
        '<div class="table-wrap"><table class="grid">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _inline(text: str, link: Callable[[str], str]) -> str:
    found = _ANCHOR.match(text)
    before = f'<span id="{found[1]}"></span>' if found else ""
    shown = escape(text[found.end() :] if found else text, quote=False)
    shown = _CODE.sub(r"<code>\1</code>", shown)
    shown = _STRONG.sub(r"<strong>\1</strong>", shown)
    return before + _LINK.sub(lambda each: _linked(each[1], each[2], link), shown)


def _linked(words: str, target: str, link: Callable[[str], str]) -> str:
    address = link(target)
    return f'<a href="{escape(address)}">{words}</a>' if address else words
