"""The board as files: same rows and filters as the page, inert cells, noted, flat."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from billing.board_filter import BoardFilter
from billing.estimates import NATIONAL
from billing.services import exports
from billing.services.exports import Export, Format
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Patient
from tests.clinic import TODAY, Clinic
from tests.world import NOW, SYSTEM

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = {
    "=HYPERLINK": "'=HYPERLINK",
    "+1+1": "'+1+1",
    "-2+3": "'-2+3",
    "@SUM(A1)": "'@SUM(A1)",
    "\tlate": "'\tlate",
    "\rlate": "'\rlate",
    "＝1": "'＝1",
    "plain": "plain",
    'quote" , and\nline': 'quote" , and\nline',
}


def _take(clinic: Clinic, *, form: str, role: Role = Role.BILLER, **given: str) -> bytes:
    page = clinic.as_(role).post(reverse("billing:board-file"), {"format": form, **given})
    assert page.status_code == 200
    return b"".join(page.streaming_content)


def _csv(clinic: Clinic, **given: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_take(clinic, form="csv", **given).decode(), newline="")))


def _sheet(clinic: Clinic, **given: str) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(_take(clinic, form="xlsx", **given))) as book:
        assert book.testzip() is None
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        root = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(root.iter(f"{MAIN}f")), "no cell is a formula"
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{MAIN}row")]


def test_the_csv_holds_the_rows_of_the_board(clinic: Clinic) -> None:
    rows = _csv(clinic, month="2026-02")
    assert [row["patient"] for row in rows] == ["Sam Ortiz", "Vera Ortiz", "Wendy Ortiz"]
    wendy = rows[-1]
    episode = clinic.people["Wendy"].episode
    assert wendy["row_id"] == f"{episode.pk}:2026-02"
    assert wendy["patient_id"] == str(episode.patient_id)
    assert wendy["data_days"] == "6"
    assert "98975 may be certified" in wendy["codes"]
    assert wendy["estimate_certified_or_may_be_usd"] == "21.71"
    assert wendy["window_from"] == "2026-02-24"


def test_ids_stay_the_same_from_file_to_file(clinic: Clinic) -> None:
    assert _take(clinic, form="csv") == _take(clinic, form="csv")


def test_the_sheet_holds_the_same_rows_with_typed_cells(clinic: Clinic) -> None:
    head, *rows = _sheet(clinic, month="2026-02")
    assert head[0] == "row_id"
    wendy = dict(zip(head, rows[-1], strict=True))
    assert wendy["patient"] == "Wendy Ortiz"
    assert wendy["data_days"] == "6"
    assert wendy["window_from"] == "46077"  # 24 February 2026, in days since 30 December 1899
    assert wendy["estimate_certified_or_may_be_usd"] == "21.71"


@pytest.mark.parametrize(("given", "inert"), NASTY.items(), ids=[repr(each) for each in NASTY])
def test_a_name_is_never_a_formula_in_csv(clinic: Clinic, given: str, inert: str) -> None:
    with clinic.scope():
        Patient.objects.filter(pk=clinic.people["Wendy"].patient_id).update(given_name=given)
    assert f"{inert} Ortiz" in {row["patient"] for row in _csv(clinic)}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        *((each, each) for each in ("=1+1", "a\\b", "<b>&amp;", "]]>", "é 漢 😀", "\x7f\x80\u00a0")),
        ("\x0bvertical", "vertical"),
        ("tab\there", "tab here"),
        ("two\r\nlines <\x1f>", "two lines <>"),
        ("no\ufffe letters\uffff", "no letters"),
    ],
)
def test_a_name_goes_into_a_sheet_as_it_is_and_inert(clinic: Clinic, given: str, shown: str) -> None:
    with clinic.scope():
        Patient.objects.filter(pk=clinic.people["Wendy"].patient_id).update(given_name=given)
    assert f"{shown} Ortiz" in {row[2] for row in _sheet(clinic)[1:]}


def test_takes_the_filters_of_the_board(clinic: Clinic) -> None:
    assert [row["patient"] for row in _csv(clinic, q="wend")] == ["Wendy Ortiz"]
    assert _csv(clinic, state="held") == []
    assert len(_sheet(clinic, month="2024-05")) == 1


def test_is_noted_before_and_after(clinic: Clinic) -> None:
    size = len(_take(clinic, form="csv", state="exceptions"))
    with clinic.scope():
        begun, sent = AuditEntry.objects.filter(action__startswith="billing_file").order_by("id")
    assert begun.details == {"format": "csv", "month": "2026-03", "state": "exceptions"}
    assert sent.details["bytes"] == size
    assert begun.user_id == clinic.home.people[Role.BILLER].pk


@pytest.mark.parametrize("form", list(Format))
def test_is_noted_even_when_nobody_reads_on(clinic: Clinic, form: Format) -> None:
    taken = Export(
        clinic.home.practice.pk, BoardFilter(TODAY.replace(day=1)), form, SYSTEM, NOW, TODAY, NATIONAL
    )
    with clinic.scope():
        exports.begin(taken)
    content = exports.content(taken)
    assert next(content)
    content.close()
    with clinic.scope():
        noted = AuditEntry.objects.filter(action__startswith="billing_file")
        assert [each.action for each in noted] == ["billing_file.begun"]


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER, home=clinic.world.elm).post(reverse("billing:board-file"))
    assert b"Ortiz" not in b"".join(page.streaming_content)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.ASSISTANT, Role.FRONT_DESK, Role.AUDITOR])
def test_other_roles_may_not_take_it(clinic: Clinic, role: Role) -> None:
    assert clinic.as_(role).post(reverse("billing:board-file")).status_code == 403


def test_anonymous_people_and_plain_looks_get_nothing(clinic: Clinic) -> None:
    assert Client().post(reverse("billing:board-file")).status_code == 302
    assert clinic.as_(Role.BILLER).get(reverse("billing:board-file")).status_code == 405
