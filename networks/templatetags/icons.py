"""The icons' one line of SVG, which `c-icon` draws too; what is drawn a hundred times a page names it directly."""

from functools import cache

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon by its name in the sprite, hidden from screen readers unless it has a label."""
    sprite = staticfiles_storage.url("vendor/bootstrap-icons/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )
