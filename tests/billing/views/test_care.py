"""The page of care records: what opens what, and the forms that add to it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Attestation, Coverage, DeviceDetermination, Exclusion, SetUp
from billing.services import gates
from networks.models import AuditEntry, Payer
from networks.permissions import Role
from patients.models import Episode, PlanOfCare
from tests.clinic import TODAY, Clinic
from tests.world import NOW, SYSTEM

PLAN = {
    "starts_on": "2026-03-02",
    "ends_on": "2026-05-30",
    "names_rtm": "yes",
    "goal": "",
    "certified_on": "",
}
EXCLUSION = {"kind": "home_health", "starts_on": "2026-02-25", "ends_on": "", "source": "The daughter"}
ATTESTATION = {"said_on": "2026-03-02", "source": "patient", "no_other_monitoring": "on"}
DISCHARGE = {"ends_on": "2026-03-02", "reason": "Goals met"}


def _page(clinic: Clinic, role: Role = Role.CLINICIAN) -> str:
    page = clinic.as_(role).get(reverse("billing:care", args=[clinic.people["Vera"].patient_id]))
    assert page.status_code == 200
    return page.content.decode()


def _post(clinic: Clinic, record: str, fields: dict[str, str], *, role: Role = Role.CLINICIAN, **more: str):
    address = reverse(f"billing:care-{record}", args=[clinic.people["Vera"].episode.pk])
    typed = {f"{record}-{name}": value for name, value in (fields | more).items()}
    return clinic.as_(role).post(address, typed, follow=True)


def _cover(clinic: Clinic, *, role: Role = Role.BILLER, **more: str):
    fields = {
        "payer": str(Payer.objects.get(name="Prairie Health").pk),
        "status": "covered",
        "starts_on": "2026-03-02",
        "ends_on": "2026-05-31",
        "covered_from": "",
        "evidence": "Policy 12, page 3",
        "checked_on": "2026-03-02",
    } | more
    address = reverse("billing:care-coverage", args=[clinic.people["Vera"].patient_id])
    return clinic.as_(role).post(
        address, {f"coverage-{name}": value for name, value in fields.items()}, follow=True
    )


def test_shows_the_gates_and_notes_the_look(clinic: Clinic) -> None:
    page = _page(clinic)
    assert page.count("Open</span>") == 7
    assert "names remote monitoring, not certified yet" in page.lower()
    assert "Prairie Health: covered" in page
    assert "12 min by the therapist" in page
    with clinic.scope():
        looks = AuditEntry.objects.filter(action="patient.viewed", details={"page": "care"})
        assert looks.get().patient_id == clinic.people["Vera"].patient_id


def test_the_patients_page_leads_here(clinic: Clinic) -> None:
    patient_id = clinic.people["Vera"].patient_id
    page = clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[patient_id]))
    assert reverse("billing:care", args=[patient_id]) in page.content.decode()


def test_a_renewal_is_added_and_reaches_further(clinic: Clinic) -> None:
    page = _post(clinic, "plan", PLAN, certified_on="2026-03-01").content.decode()
    assert "The span is on file." in page
    assert "Until 30 May 2026." in page
    assert "certified 1 Mar 2026" in page


def test_a_plan_is_certified_and_taken_back(clinic: Clinic) -> None:
    with clinic.scope():
        plan = PlanOfCare.objects.get(episode=clinic.people["Vera"].episode)
    client = clinic.as_(Role.CLINICIAN)
    address = reverse("billing:certify-plan", args=[plan.pk])
    assert "Nothing was changed." in client.post(address, {}, follow=True).content.decode()
    assert (
        "certified 27 Feb 2026"
        in client.post(address, {"certified_on": "2026-02-27"}, follow=True).content.decode()
    )
    address = reverse("billing:take-plan-back", args=[plan.pk])
    assert "Fill this in." in client.post(address, {"reason": ""}, follow=True).content.decode()
    page = client.post(address, {"reason": "Another patient's"}, follow=True).content.decode()
    assert "Taken back. Another patient" in page
    assert "Add a span that names remote monitoring" in page
    assert "taken back already" in client.post(address, {"reason": "Again"}, follow=True).content.decode()


def test_a_set_up_is_corrected_with_a_reason(clinic: Clinic) -> None:
    fields = {
        "completed_on": "2026-02-24",
        "pt_minutes": "4",
        "pta_minutes": "9",
        "taught_by": str(clinic.home.clinician.pk),
        "note": "",
        "reason": "",
    }
    assert _post(clinic, "setup", fields).status_code == 422
    page = _post(clinic, "setup", fields, reason="The assistant taught").content.decode()
    assert "Corrected: The assistant taught" in page
    assert "9 min by the assistant" in page
    with clinic.scope():
        assert SetUp.objects.standing().get(episode=clinic.people["Vera"].episode).pt_minutes == 4


def test_an_exclusion_shuts_is_ended_and_taken_back(clinic: Clinic) -> None:
    page = _post(clinic, "exclusion", EXCLUSION).content.decode()
    assert "Shuts monitoring out today" in page
    with clinic.scope():
        exclusion = Exclusion.objects.get()
    client = clinic.as_(Role.CLINICIAN)
    ended = client.post(
        reverse("billing:end-exclusion", args=[exclusion.pk]), {"ends_on": "2026-03-01"}, follow=True
    )
    assert "Shuts monitoring out today" not in ended.content.decode()
    back = client.post(
        reverse("billing:take-exclusion-back", args=[exclusion.pk]), {"reason": "Not hers"}, follow=True
    )
    assert "Taken back. Not hers" in back.content.decode()


def test_what_was_said_is_written_down(clinic: Clinic) -> None:
    page = _post(clinic, "attestation", ATTESTATION).content.decode()
    assert "No other remote monitoring" in page
    with clinic.scope():
        assert Attestation.objects.get().by_id == clinic.home.people[Role.CLINICIAN].pk


def test_care_ends(clinic: Clinic) -> None:
    page = _post(clinic, "discharge", DISCHARGE).content.decode()
    assert "Care ended 2 Mar 2026: Goals met." in page
    assert 'id="discharge"' not in page
    assert _post(clinic, "discharge", DISCHARGE).status_code == 422


def test_a_biller_records_coverage_and_ends_it(clinic: Clinic) -> None:
    page = _cover(clinic).content.decode()
    assert "Policy 12, page 3." in page
    assert "to 31 May 2026" in page
    with clinic.scope():
        coverage = Coverage.objects.get(evidence="Policy 12, page 3")
    address = reverse("billing:end-coverage", args=[coverage.pk])
    page = clinic.as_(Role.BILLER).post(address, {"ends_on": "2026-03-01"}, follow=True).content.decode()
    assert "The last date lies before the first" in page
    clinic.as_(Role.BILLER).post(address, {"ends_on": "2026-03-31"}, follow=True)
    with clinic.scope():
        coverage.refresh_from_db()
        assert coverage.ends_on == date(2026, 3, 31)


def test_an_authorization_asks_for_its_date(clinic: Clinic) -> None:
    assert "Enter the date from which the authorization holds." in (
        _cover(clinic, status="prior_auth").content.decode()
    )
    page = _cover(clinic, status="prior_auth", covered_from="2026-03-02").content.decode()
    assert "Authorized from 2 Mar 2026." in page


@pytest.mark.parametrize(
    ("record", "fields", "sentence"),
    [
        ("plan", PLAN | {"ends_on": "2026-06-30"}, "at most 90 days"),
        ("plan", PLAN | {"starts_on": ""}, "Choose the date."),
        ("plan", PLAN | {"names_rtm": "maybe"}, "Choose one of these."),
        ("exclusion", EXCLUSION | {"kind": "weather"}, "Choose one of these."),
        ("exclusion", EXCLUSION | {"ends_on": "2026-02-01"}, "lies before the first"),
        ("attestation", {"said_on": "2026-03-02", "source": "patient"}, "Tick what was ruled out."),
        ("attestation", ATTESTATION | {"said_on": "2026-03-03"}, "lies in the future"),
        ("discharge", DISCHARGE | {"reason": ""}, "Fill this in."),
        ("discharge", DISCHARGE | {"ends_on": "2026-03-03"}, "lies in the future"),
        ("setup", {"completed_on": "2026-02-24", "pt_minutes": "x"}, "Write whole minutes, from 0 to 480."),
    ],
)
def test_bad_input_is_refused_in_words(
    clinic: Clinic, record: str, fields: dict[str, str], sentence: str
) -> None:
    page = _post(clinic, record, fields)
    assert page.status_code == 422
    assert sentence in page.content.decode()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"payer": "00000000-0000-7000-8000-000000000000"}, "Choose the payer."),
        ({"evidence": ""}, "Say where the coverage was found."),
        ({"checked_on": "2026-03-03"}, "The check lies in the future"),
        ({"ends_on": "2026-03-01"}, "The last date lies before the first"),
    ],
    ids=["payer", "evidence", "check", "dates"],
)
def test_bad_coverage_is_refused_in_words(clinic: Clinic, more: dict[str, str], sentence: str) -> None:
    page = _cover(clinic, **more)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_each_role_finds_its_own_forms(clinic: Clinic) -> None:
    assert "Add a span" in _page(clinic, Role.ASSISTANT)
    assert "Record what was found" not in _page(clinic, Role.ASSISTANT)
    assert "Add a span" not in _page(clinic, Role.BILLER)
    assert "Record what was found" in _page(clinic, Role.BILLER)
    desk = _page(clinic, Role.FRONT_DESK)
    assert "Add a span" not in desk
    assert "Record what was found" not in desk


def test_earlier_episodes_keep_their_records(clinic: Clinic) -> None:
    with clinic.scope():
        who = clinic.people["Vera"]
        earlier = Episode.objects.create(
            practice=clinic.home.practice,
            patient_id=who.patient_id,
            clinician=clinic.home.clinician,
            condition="hip",
            starts_on=date(2025, 1, 2),
            ends_on=date(2025, 2, 2),
        )
    assert "Hip, from 2 Jan 2025 to 2 Feb 2025" in _page(clinic)
    address = reverse("billing:care", args=[who.patient_id])
    client = clinic.as_(Role.CLINICIAN)
    assert "Care ended 2 Feb 2025" in client.get(address, {"episode": earlier.pk}).content.decode()
    assert client.get(address, {"episode": "nonsense"}).status_code == 404
    assert client.get(address, {"episode": clinic.people["Sam"].episode.pk}).status_code == 404


def _addresses(clinic: Clinic) -> list[tuple[str, str, Role]]:
    """Every address here, its method, and a role that lacks the permission."""
    who = clinic.people["Vera"]
    with clinic.scope():
        plan = PlanOfCare.objects.get(episode=who.episode)
        exclusion = gates.record_exclusion(who.episode, kind="rpm", starts_on=TODAY, actor=SYSTEM, now=NOW)
        coverage = Coverage.objects.filter(patient=who.patient_id).first()
        determination = DeviceDetermination.objects.get()
    rows = [
        ("care", "get", who.patient_id, Role.AUDITOR),
        ("care-coverage", "post", who.patient_id, Role.CLINICIAN),
        ("end-coverage", "post", coverage.pk if coverage else None, Role.CLINICIAN),
        ("certify-plan", "post", plan.pk, Role.FRONT_DESK),
        ("take-plan-back", "post", plan.pk, Role.BILLER),
        ("end-exclusion", "post", exclusion.pk, Role.FRONT_DESK),
        ("take-exclusion-back", "post", exclusion.pk, Role.FRONT_DESK),
        ("end-determination", "post", determination.pk, Role.CLINICIAN),
        *(
            (f"care-{each}", "post", who.episode.pk, Role.BILLER)
            for each in ("plan", "setup", "exclusion", "attestation", "discharge")
        ),
    ]
    return [(reverse(f"billing:{name}", args=[key]), method, role) for name, method, key, role in rows]


def test_who_may_not(clinic: Clinic) -> None:
    for address, method, wrong in _addresses(clinic):
        assert getattr(Client(), method)(address).status_code == 302, address
        assert getattr(clinic.as_(wrong), method)(address).status_code == 403, address
        elsewhere = clinic.as_(Role.PRACTICE_ADMIN, home=clinic.world.elm)
        assert getattr(elsewhere, method)(address).status_code == 404, address


DETERMINATION = {
    "basis": "Class II, by counsel",
    "memo": "Memo 3",
    "software_version": "2",
    "signed_by": "Counsel",
    "starts_on": "2026-03-01",
    "ends_on": "",
}
SETTINGS = reverse("billing:practice-settings")


def test_a_determination_is_recorded_and_ended(clinic: Clinic) -> None:
    client = clinic.as_(Role.PRACTICE_ADMIN)
    page = client.post(SETTINGS, DETERMINATION, follow=True).content.decode()
    assert "Class II, by counsel" in page
    assert "Memo 3. Version 2, signed by Counsel, from 1 Mar 2026 on" in page
    with clinic.scope():
        rows = list(DeviceDetermination.objects.all())
    for row in rows:
        address = reverse("billing:end-determination", args=[row.pk])
        assert "Nothing was changed." in client.post(address, {}, follow=True).content.decode()
        last = (row.starts_on + timedelta(days=0)).isoformat()
        page = client.post(address, {"ends_on": last}, follow=True).content.decode()
    assert "No determination holds today" in page
    assert "The practice has no memo on file for today" in _page(clinic)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"memo": ""}, "Fill this in."),
        ({"ends_on": "2026-02-01"}, "before the first"),
        ({"starts_on": "x"}, "Write the date"),
    ],
    ids=["memo", "dates", "no date"],
)
def test_a_bad_determination_is_refused(clinic: Clinic, given: dict[str, str], said: str) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).post(SETTINGS, DETERMINATION | given)
    assert (page.status_code, said in page.content.decode()) == (422, True)


def test_only_the_practices_admin_keeps_determinations(clinic: Clinic) -> None:
    assert Client().get(SETTINGS).status_code == 302
    assert clinic.as_(Role.CLINICIAN).get(SETTINGS).status_code == 403
    elsewhere = clinic.as_(Role.PRACTICE_ADMIN, home=clinic.world.elm).get(SETTINGS)
    assert "None on file." in elsewhere.content.decode()
