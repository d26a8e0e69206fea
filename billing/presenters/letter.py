"""Why each code stands or does not, as one would write to a payer; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.estimates import Gpci, amount_of
from billing.models import DecidedLine, EpisodeWindow
from billing.outlook import month_outlook, next_step
from billing.presenters.board import TONES, line_view
from billing.selectors.letter import MonthFile
from networks.templatetags.wording import day


@dataclass(frozen=True)
class Ground:
    """One reason with the rule that gave it and how many records it rests on."""

    sentence: str
    rule: str
    records: int


@dataclass(frozen=True)
class Paragraph:
    """What the letter says of one code."""

    heading: str
    state: str
    tone: str
    opening: str
    grounds: Sequence[Ground]
    estimate: str


@dataclass(frozen=True)
class Letter:
    """The whole explanation."""

    title: str
    subject: str
    opening: Sequence[str]
    paragraphs: Sequence[Paragraph]
    closing: Sequence[str]


def letter(file: MonthFile, *, practice: str, gpci: Gpci) -> Letter:
    """Return the explanation of one patient's month."""
    row = file.row
    name = f"{row.given_name} {row.family_name}".strip()
    record = f", record {row.record_number}" if row.record_number else ""
    return Letter(
        title=f"Why? {name}, {row.month.month:%B %Y}",
        subject=f"Re: remote therapeutic monitoring of {name}{record} in {row.month.month:%B %Y}",
        opening=[
            f"{practice} monitored {name} under the care of {row.clinician}. "
            f"Payer on file: {row.payer or 'none'}.",
            *(_window_words(each) for each in file.windows),
            _month_words(file),
        ],
        paragraphs=[_paragraph(each, gpci=gpci) for each in file.lines],
        closing=[
            f"{_capital(month_outlook(row.facts))}.",
            f"Next step of care: {next_step(row.facts)}.",
        ],
    )


def _window_words(window: EpisodeWindow) -> str:
    dates = [date.fromisoformat(each) for each in window.dates]
    span = f"In the 30-day window from {_full(window.starts_on)} to {_full(window.clipped_to)}"
    if not dates:
        return f"{span} no answer counted."
    listed = ", ".join(f"{each.day} {each:%b}" for each in dates)
    return f"{span} answers counted on {len(dates)} date{'' if len(dates) == 1 else 's'}: {listed}."


def _month_words(file: MonthFile) -> str:
    month = file.row.month
    minutes = f"{month.minutes} minute{'' if month.minutes == 1 else 's'}"
    contacts = f"{month.live_contacts} live contact{'' if month.live_contacts == 1 else 's'}"
    assistant = f", {month.pta_minutes} of them by an assistant" if month.pta_minutes else ""
    return f"In {month.month:%B} {minutes} of management time counted{assistant}, with {contacts}."


def _paragraph(line: DecidedLine, *, gpci: Gpci) -> Paragraph:
    view = line_view(line)
    units = f" x {view.units}" if view.units > 1 else ""
    modifiers = f" with {view.modifiers}" if view.modifiers else ""
    return Paragraph(
        heading=f"{view.code}{units}",
        state=view.words,
        tone=TONES[line.status],
        opening=f"{view.meaning}. Date of service {day(line.date_of_service)}{modifiers}.",
        grounds=[Ground(each["text"], each["rule"], len(each.get("evidence", ()))) for each in line.reasons],
        estimate=_estimate(line, gpci=gpci),
    )


def _estimate(line: DecidedLine, *, gpci: Gpci) -> str:
    amount = amount_of(line.code, line.date_of_service, gpci=gpci)
    if amount is None:
        return "No estimate: no rate is known for this code on that date."
    return f"Estimate for one unit, {amount.words}."


def _full(day_of: date) -> str:
    return f"{day_of.day} {day_of:%B %Y}"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
