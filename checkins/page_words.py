"""What a page says: never who the patient is or what was written; the person signs in to see that."""

from dataclasses import dataclass

DRILL = "DRILL, nobody is in danger. "
_SUBJECTS = {
    "L1": "A patient of yours needs you now",
    "L2": "A patient of yours needs an answer today",
}
_NOBODYS = "Somebody wrote of danger to your practice's number"


@dataclass(frozen=True)
class Page:
    """A page in words, for a text and for an e-mail."""

    subject: str
    text: str


def page_of(*, level: str, has_patient: bool, is_drill: bool, address: str) -> Page:
    """Return what a page says; `address` is where Today opens.

    >>> page_of(level="L1", has_patient=True, is_drill=False, address="https://daybook.test/today/").text
    'A patient of yours needs you now. Sign in: Today. https://daybook.test/today/'
    """
    said = _SUBJECTS.get(level, _SUBJECTS["L2"]) if has_patient else _NOBODYS
    mark = DRILL if is_drill else ""
    place = "Drills" if is_drill else ("Today" if has_patient else "Alerts")
    return Page(subject=f"{mark}{said}", text=f"{mark}{said}. Sign in: {place}. {address}")
