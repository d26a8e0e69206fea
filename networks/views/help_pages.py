"""Help in the product: short pages by role, and how every figure is counted; open to everybody."""

from functools import cache
from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from networks.help_text import to_html

# Address, title and file under docs/.
PAGES: dict[str, tuple[str, str]] = {
    "how-it-counts": ("How it counts", "how-it-counts.md"),
    "clinician": ("For clinicians", "help/clinician.md"),
    "front-desk": ("For the front desk", "help/front-desk.md"),
    "biller": ("For billers", "help/biller.md"),
    "administrator": ("For administrators", "help/administrator.md"),
    "network": ("For network staff", "help/network.md"),
    "patient": ("For patients", "help/patient.md"),
}


@require_safe
def help_page(request: HttpRequest, name: str = "how-it-counts") -> HttpResponse:
    """Show one help page beside the list of all of them."""
    if name not in PAGES:
        raise Http404
    pages = [{"name": each, "title": title, "is_here": each == name} for each, (title, _) in PAGES.items()]
    return render(
        request, "networks/help.html", {"pages": pages, "title": PAGES[name][0], "text": _text_of(name)}
    )


@cache
def _text_of(name: str) -> SafeString:
    source = (settings.BASE_DIR / "docs" / PAGES[name][1]).read_text(encoding="utf-8")
    # Our own file, escaped by to_html.
    return mark_safe(to_html(source, link=address_of))  # noqa: S308


def address_of(target: str) -> str:
    """Return the address of a link's target: an anchor, another help page; empty for other documents."""
    if target.startswith("#"):
        return target
    path, _, anchor = target.partition("#")
    name = PurePosixPath(path).stem
    if name not in PAGES:
        return ""
    return reverse("networks:help", args=[name]) + (f"#{anchor}" if anchor else "")
