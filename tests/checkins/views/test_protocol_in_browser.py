"""The protocol editor in a real browser: what is typed is sent at once, however short the press."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, expect

from checkins.models import AdoptedProtocol
from networks.permissions import Role
from tests.clinic import Clinic


@dataclass
class Editor:
    """The open editor of a protocol, what its form sent, and what it asked the preview for."""

    page: Page
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    previews: list[dict[str, list[str]]] = field(default_factory=list)
    is_answered: bool = (
        False  # whether previews ever come; without, each is under way for as long as it takes
    )

    def type(self, name: str, words: str) -> None:
        """Type into a field, and stay in it."""
        self.page.locator(f"#id_{name}").press_sequentially(words)

    def preview(self, route: Route) -> None:
        """Write down what the preview is asked for; answer it where it is answered."""
        self.previews.append(parse_qs(route.request.post_data or ""))
        if self.is_answered:
            route.fulfill(body='<section id="preview">Anew</section>', headers={"Content-Type": "text/html"})


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """Serve styles and scripts; they ask the database for nothing."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.start()
    server.is_ready.wait(20)
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def editor(clinic: Clinic, files: str, browser: Browser) -> Iterator[Editor]:
    """Open the editor as the server writes it; what it posts goes no further than this test."""
    with clinic.scope():
        protocol = AdoptedProtocol.objects.filter(code="knee").latest("version")
    address = reverse("checkins:protocol", args=[protocol.pk])
    content = clinic.as_(Role.PRACTICE_ADMIN).get(address).content
    page = browser.new_context(base_url=files, viewport={"width": 1280, "height": 1400}).new_page()
    editor = Editor(page)

    def answer(route: Route) -> None:
        body: bytes | str = content
        if route.request.method == "POST":
            editor.sent.append(parse_qs(route.request.post_data or ""))
            body = "<h1>Made</h1>"
        route.fulfill(body=body, headers={"Content-Type": "text/html"})

    page.route(f"**{reverse('checkins:protocol-preview', args=[protocol.pk])}", editor.preview)
    page.route(f"**{address}", answer)
    page.goto(address)
    yield editor
    page.unroute_all(behavior="ignoreErrors")
    page.context.close()


@pytest.mark.parametrize("name", ["reason", "text_en"])
@pytest.mark.parametrize("press_ms", [0, 60])
def test_a_click_right_after_typing_sends(editor: Editor, name: str, press_ms: int) -> None:
    editor.type(name, "Friendlier?")
    editor.page.get_by_role("button", name="Make version").click(delay=press_ms, no_wait_after=True)
    expect(editor.page.get_by_role("heading", name="Made")).to_be_visible()
    assert [each[name] for each in editor.sent] == [["Friendlier?"]]


def test_a_second_click_sends_nothing_more(editor: Editor) -> None:
    editor.type("reason", "Friendlier")
    editor.page.get_by_role("button", name="Make version").dblclick(no_wait_after=True)
    expect(editor.page.get_by_role("heading", name="Made")).to_be_visible()
    assert len(editor.sent) == 1


def test_the_words_are_previewed_and_the_reason_is_not(editor: Editor) -> None:
    editor.is_answered = True
    editor.type("reason", "Friendlier")
    editor.type("text_en", "Pain, 0 to 10?")
    expect(editor.page.locator("#preview")).to_have_text("Anew")
    expect(editor.page.locator("#id_text_en")).to_have_value("Pain, 0 to 10?")
    assert [(each["text_en"], each["title"]) for each in editor.previews] == [(["Pain, 0 to 10?"], ["Knee"])]
