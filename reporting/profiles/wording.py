"""How a figure reads, the same on the page, in the PDF and in the tables: no figure is computed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Data = Mapping[str, Any]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_STATES = {
    "withheld": "withheld",
    "insufficient": "insufficient",
    "not_measured": "not measured",
}
_WHY = {
    "insufficient": "Fewer than half of the patients were measured, or fewer than 11.",
    "not_measured": "Not measured.",
}


@dataclass(frozen=True)
class Words:
    """One figure in words: the figure itself, its interval, who was measured, and a remark."""

    id: str
    title: str
    value: str
    unit: str
    interval: str
    measured: str
    remark: str
    is_shown: bool
    needs_care: bool
    definition: str


def figure_words(figure: Data) -> Words:
    """Return a figure of a document in words.

    >>> shown = {"id": "pain.x", "title": "Improved", "unit": "%", "state": "shown", "value": 62.5, "low": 51.2,
    ...          "high": 72.6, "numerator": 45, "measured": 72, "eligible": 90, "definition": "pain.x/1"}
    >>> words = figure_words(shown)
    >>> words.value, words.interval, words.measured
    ('62.5', '51.2 to 72.6 %', '45 of 72 measured; 90 eligible')
    """
    state = figure["state"]
    is_shown = state in {"shown", "bounded"} and figure.get("value") is not None
    unit = figure["unit"]
    return Words(
        id=figure["id"],
        title=figure["title"],
        value=number(figure["value"]) if is_shown else _STATES.get(state, _known_least(figure)),
        unit=unit if is_shown else "",
        interval=_interval(figure) if is_shown else "",
        measured=measured_words(figure),
        remark=_remark(figure, is_shown=is_shown),
        is_shown=is_shown,
        needs_care=state == "bounded",
        definition=figure["definition"],
    )


def _known_least(figure: Data) -> str:
    least, eligible = figure.get("at_least"), figure.get("eligible")
    return f"{number(round(100 * least / eligible, 1))} % or more" if least and eligible else "withheld"


def _interval(figure: Data) -> str:
    if figure["id"] == "access.days_to_first_data":
        return f"90 % within {number(figure['second'])} days"
    if figure.get("low") is None:
        return ""
    unit = "%" if figure["unit"] == "%" else figure["unit"]
    return f"{number(figure['low'])} to {number(figure['high'])} {unit}"


def measured_words(figure: Data) -> str:
    """Return how many were measured of how many: "45 of 72 measured; 90 eligible"."""
    if figure["state"] == "withheld":
        return ""
    eligible, measured, least = figure.get("eligible"), figure.get("measured"), figure.get("at_least")
    if figure["id"] == "cohort.patients" or eligible is None:
        return ""
    part = figure.get("numerator")
    if least is not None and measured is None:
        return f"at least {least} of {eligible} measured"
    if measured is None:
        return f"fewer than 11 of {eligible} measured"
    if figure["id"] == "pain.completeness":
        return f"{measured} of {eligible} patients"
    if part is None:
        return f"{measured} of {eligible} measured"
    return (
        f"{part} of {measured} measured; {eligible} eligible"
        if measured != eligible
        else f"{part} of {eligible}"
    )


def _remark(figure: Data, *, is_shown: bool) -> str:
    if not is_shown:
        return _WHY.get(figure["state"]) or str(figure.get("note", ""))
    if figure["state"] == "bounded" and figure.get("worst") is not None:
        return (
            f"Had nobody missing improved {number(figure['worst'])} %, had all of them {number(figure['best'])} %."
            if figure["id"] != "pain.worsened"
            else f"By the missing, between {number(figure['worst'])} and {number(figure['best'])} %."
        )
    return str(figure.get("note", ""))


def number(value: float | int | None) -> str:
    """Return a number as it is read: one decimal, thousands apart; a dash for none."""
    if value is None:
        return "–"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}".replace("-", "−")
    return f"{value:,.1f}".replace("-", "−")


def cell(value: int | None) -> str:
    """Return a cell of a table: the count, or a mark where it is hidden."""
    return "·" if value is None else f"{value:,}"


def long_day(iso: str) -> str:
    """Return an ISO date as people say it.

    >>> long_day("2026-03-02")
    '2 Mar 2026'
    """
    day = date.fromisoformat(iso)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def period_words(document: Data) -> str:
    """Return the period: "2 Dec 2025 to 2 Mar 2026"."""
    return f"{long_day(document['period']['from'])} to {long_day(document['period']['to'])}"


def headline(document: Data) -> str:
    """Return the profile's one sentence, from figures alone; it claims no cause.

    A figure that is withheld or insufficient is not spoken of.
    """
    figures = {each["id"]: each for each in document["figures"]}
    points, change = figure_words(figures["pain.reached_points"]), figure_words(figures["pain.improvement"])
    patients = f"{number(document['cohort']['patients'])} patients of {document['payer']}"
    if not (points.is_shown or change.is_shown):
        return f"{patients} were monitored; what may be shown of their change of pain is below."
    complete = document["completeness"]
    exact = complete["measured"] is not None
    many = number(complete["measured"]) if exact else f"at least {number(complete['at_least'])}"
    whom = "of these" if exact else "of all patients"
    said = [f"Of {patients}, {many} were measured at both ends"]
    if points.is_shown:
        said.append(f"{points.value} % {whom} improved by 2 points or more on the 0 to 10 scale of pain")
    if change.is_shown:
        said.append(f"the mean improvement was {change.value} points")
    return f"{'; '.join(said)}."
