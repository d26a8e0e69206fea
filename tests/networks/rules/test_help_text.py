"""Help texts become page text: the forms they use, and nothing that could run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.help_text import anchor_of, to_html


def nowhere(target: str) -> str:
    return ""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("# 30-day window", '<h1 id="30-day-window">30-day window</h1>', id="heading"),
        pytest.param("one\ntwo", "<p>one two</p>", id="paragraph"),
        pytest.param("a **b** `c`", "<p>a <strong>b</strong> <code>c</code></p>", id="strong and code"),
        pytest.param("- a\n- b", "<ul><li>a</li><li>b</li></ul>", id="list"),
        pytest.param("[a](b.md)", "<p>a</p>", id="link that leads nowhere"),
        pytest.param('<a id="x"></a>Y', '<p><span id="x"></span>Y</p>', id="anchor set by hand"),
        pytest.param("<script>1</script>", "<p>&lt;script&gt;1&lt;/script&gt;</p>", id="markup is words"),
    ],
)
def test_each_form(text: str, html: str) -> None:
    assert to_html(text, link=nowhere) == html


def test_a_table_has_a_head_and_rows() -> None:
    shown = to_html("| a | b |\n|---|---|\n| 1 | 2 |", link=nowhere)
    assert '<th scope="col">a</th>' in shown
    assert "<tr><td>1</td><td>2</td></tr>" in shown


def test_a_link_has_the_address_that_it_is_given() -> None:
    assert to_html("[a](b#c)", link=lambda target: f"/{target}") == '<p><a href="/b#c">a</a></p>'


@given(st.text(max_size=80))
def test_no_text_brings_markup_of_its_own(text: str) -> None:
    assert "<script" not in to_html(text + "<script>", link=nowhere)


def test_an_anchor_has_no_signs() -> None:
    assert anchor_of("Today's groups") == "todays-groups"
