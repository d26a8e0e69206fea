"""The profile page: choose, look, release, and everybody who may not."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from reporting.models import ProfileDraft, Release
from tests.clinic import Clinic, signed_in

PROFILES = reverse("reporting:profiles")
CHOSEN = {"first_day": "2026-01-01", "cut_off": "2026-03-01"}


def _as(integrated, role: Role, label: str = "cin") -> Client:
    return signed_in(integrated.world.network_people[(label, role)])


def _drafted(integrated, role: Role = Role.CONTRACTING) -> ProfileDraft:
    with integrated.scope():
        return integrated.draft(role=role)


def _released(integrated) -> Release:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        return integrated.release(draft)


def _at(name: str, draft: ProfileDraft) -> str:
    return reverse(f"reporting:{name}", args=[draft.pk])


def test_from_choice_to_signed_release(integrated) -> None:
    drafter, quality = _as(integrated, Role.CONTRACTING), _as(integrated, Role.QUALITY)
    assert "Choose a payer" in drafter.get(PROFILES).content.decode()
    made = drafter.post(PROFILES, CHOSEN | {"payer": integrated.payer.pk})
    assert made.status_code == 302
    page = drafter.get(made.url).content.decode()
    assert "The document as the payer will see it" in page
    assert "You drafted it" in page
    looked_at = quality.get(made.url)
    assert "I have looked at it: approve" in looked_at.content.decode()
    draft = looked_at.context["page"].draft
    quality.post(_at("approve", draft), {"document": draft.document_sha256})
    assert "Sign and release" in quality.get(made.url).content.decode()
    administrator = _as(integrated, Role.NETWORK_ADMIN).get(made.url).content.decode()
    assert "Sign and release" not in administrator
    assert "somebody whose role may release profiles signs it now" in administrator
    done = quality.post(_at("release", draft), follow=True).content.decode()
    assert "Release 1 is signed" in done
    assert "none: this is the first" in done
    assert "manifest.json" in done


def test_the_page_shows_figures_with_their_completeness(integrated) -> None:
    page = _as(integrated, Role.QUALITY).get(_at("profile", _drafted(integrated))).content.decode()
    for words in (
        "Measured at both ends",
        "60 of 72 patients",
        "Improved 30 % or more",
        "Not measured:",
        "36 of 60",
    ):
        assert words in page
    assert "Total cost of care" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"payer": ""}, "Choose a payer."),
        ({"payer": str(uuid4())}, "Choose a payer from the list."),
        ({"first_day": "soon"}, "Give a date such as 2026-03-01."),
        ({"cut_off": "2025-12-31"}, "The period must end after it begins."),
        ({"cut_off": "2026-01-20"}, "The period must be more than 30 days long"),
        ({"cut_off": "2027-01-01"}, "The period cannot end in the future."),
        ({"conditions": ["elbow"]}, "Choose conditions from the list."),
        ({"conditions": ["=cmd()"]}, "Choose conditions from the list."),
    ],
    ids=["no payer", "unknown payer", "no date", "backwards", "short", "future", "condition", "formula"],
)
def test_bad_input_is_told_at_its_field_and_keeps_what_was_typed(integrated, changes, sentence) -> None:
    sent = CHOSEN | {"payer": str(integrated.payer.pk)} | changes
    answer = _as(integrated, Role.QUALITY).post(PROFILES, sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sent["first_day"] in answer.content.decode()


def test_too_few_patients_are_refused_in_words(integrated) -> None:
    answer = _as(integrated, Role.QUALITY).post(PROFILES, CHOSEN | {"payer": integrated.small_payer.pk})
    assert answer.status_code == 403
    assert "Figures of fewer than 11 patients stay in their practice." in answer.content.decode()


def test_a_wall_that_refuses_says_why(integrated) -> None:
    answer = _as(integrated, Role.QUALITY, "ipa").post(PROFILES, CHOSEN | {"payer": integrated.payer.pk})
    assert answer.status_code == 403
    assert "The information wall withholds this profile." in answer.content.decode()


def test_the_drafter_is_refused_to_approve(integrated) -> None:
    draft = _drafted(integrated, Role.QUALITY)
    answer = _as(integrated, Role.QUALITY).post(_at("approve", draft), {"document": draft.document_sha256})
    assert answer.status_code == 403
    assert "Somebody else than the person who drafted it" in answer.content.decode()


def test_a_document_that_changed_since_is_not_approved(integrated) -> None:
    answer = _as(integrated, Role.QUALITY).post(_at("approve", _drafted(integrated)), {"document": "x"})
    assert answer.status_code == 409
    assert "not the one you looked at" in answer.content.decode()


def test_a_second_click_on_release_changes_nothing(integrated) -> None:
    released = _released(integrated)
    answer = _as(integrated, Role.QUALITY).post(_at("release", released.draft))
    assert answer.status_code == 409
    with integrated.scope():
        assert Release.objects.count() == 1


def test_a_draft_set_aside_leaves_the_list(integrated) -> None:
    draft = _drafted(integrated)
    client = _as(integrated, Role.CONTRACTING)
    assert str(draft.pk) in client.get(PROFILES).content.decode()
    client.post(_at("discard", draft))
    assert str(draft.pk) not in client.get(PROFILES).content.decode()


def test_files_are_those_that_were_signed(integrated) -> None:
    import hashlib

    released = _released(integrated)
    client = _as(integrated, Role.NETWORK_ADMIN)
    manifest = json.loads(client.get(reverse("reporting:file", args=[released.pk, "manifest.json"])).content)
    for entry in manifest["manifest"]["files"]:
        answer = client.get(reverse("reporting:file", args=[released.pk, entry["name"]]))
        assert hashlib.sha256(answer.content).hexdigest() == entry["sha256"]
        assert answer["Content-Disposition"] == f'attachment; filename="{entry["name"]}"'
    archive = client.get(reverse("reporting:file", args=[released.pk, "all.zip"])).content
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert len(opened.namelist()) == 5
    assert client.get(reverse("reporting:file", args=[released.pk, "other.pdf"])).status_code == 404


def test_another_networks_profiles_are_not_there(integrated) -> None:
    released = _released(integrated)
    client = _as(integrated, Role.QUALITY, "ipa")
    assert client.get(_at("profile", released.draft)).status_code == 404
    for act in ("approve", "release", "discard"):
        assert client.post(_at(act, released.draft)).status_code == 404
    assert client.get(reverse("reporting:file", args=[released.pk, "profile.pdf"])).status_code == 404


@pytest.mark.parametrize("role", [Role.CREDENTIALING, Role.AUDITOR])
def test_other_roles_may_not_open_it(integrated, role) -> None:
    assert _as(integrated, role).get(PROFILES).status_code == 403


def test_only_releasing_roles_may_release(integrated) -> None:
    draft = _drafted(integrated)
    assert _as(integrated, Role.NETWORK_ADMIN).post(_at("release", draft)).status_code == 403


def test_a_practices_people_may_not_open_it(integrated) -> None:
    assert Clinic(integrated.world).as_(Role.CLINICIAN).get(PROFILES).status_code == 403


def test_anonymous_people_are_led_to_the_sign_in(integrated) -> None:
    assert Client().get(PROFILES).status_code == 302
    assert Client().post(PROFILES, CHOSEN).status_code == 302
