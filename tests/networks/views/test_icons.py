"""Icons are symbols of one file: a name that is not in it shows nothing, and no browser complains."""

import re

from django.conf import settings

from networks.context_processors import _RAIL

_ICONS = settings.BASE_DIR / "static" / "vendor" / "bootstrap-icons" / "icons.svg"


def test_every_icon_that_a_page_names_is_in_the_file() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', _ICONS.read_text()))
    pages = (settings.BASE_DIR / "templates").rglob("*.html")
    used = {name for page in pages for name in re.findall(r'<c-icon name="([a-z0-9-]+)"', page.read_text())}
    assert used
    assert used | {icon for _, _, icon, _, _ in _RAIL} <= known
