"""Help in the product: every page opens for everybody, and every link and "how" leads to an anchor that exists."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from networks.help_text import anchors_in
from networks.permissions import Role
from networks.views.help_pages import PAGES
from tests.clinic import Clinic

HOW = (settings.BASE_DIR / "docs" / "how-it-counts.md").read_text()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.django_db
def test_each_page_opens_without_a_sign_in_and_its_links_lead_somewhere(client: Client, name: str) -> None:
    page = client.get(reverse("networks:help", args=[name]))
    text = page.content.decode()
    assert page.status_code == 200
    assert PAGES[name][0] in text
    article = text[text.index("help-text") :]
    for target, anchor in re.findall(r'href="(/help/[a-z-]+/)?(?:#([\w-]+))?"', article):
        assert not target or client.get(target).status_code == 200
        assert not anchor or f'id="{anchor}"' in (client.get(target).content.decode() if target else text)


def test_every_how_in_the_templates_names_an_anchor_of_how_it_counts() -> None:
    named = {
        (path.name, anchor)
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for anchor in re.findall(r'<c-how[^>]*\bto="([^"]+)"', path.read_text())
    }
    assert named
    assert {anchor for _, anchor in named} <= anchors_in(HOW), named


def test_the_frame_leads_to_help_and_a_figure_to_its_own_words(clinic: Clinic) -> None:
    text = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:messages")).content.decode()
    assert reverse("networks:help", args=["how-it-counts"]) in text


@pytest.mark.django_db
def test_an_unknown_page_is_not_found_and_nothing_is_posted(client: Client) -> None:
    assert client.get(reverse("networks:help", args=["nobody"])).status_code == 404
    assert client.post(reverse("networks:help-home")).status_code == 405
