"""What may be billed, and why not: the whole decision over one document, rule by rule.

Where each rule stands: data days `data_days`, windows `windows`, seconds and minutes `counted_time` and
`months`, live contacts `live_contacts`, thresholds `code_set`, gates `gates`, dates of service
`service_dates`, modifiers `modifiers`, status `decision`, lines `setup_line`, `device_lines` and
`management_lines`.
"""

from billing.code_set import CODE_SET, CodeSet
from billing.data_days import assess_reading_dates
from billing.decision import Decision, Line, in_order
from billing.device_lines import device_lines
from billing.document import Document
from billing.management_lines import management_lines
from billing.months import tally_months
from billing.setup_line import setup_lines
from billing.windows import lay_windows


def decide(document: Document, *, code_set: CodeSet = CODE_SET) -> Decision:
    """The decision as of the document's date; another code set re-runs it under other rules.

    Calls nothing outside itself, and the order of the document's facts does not matter.
    """
    reading_dates = assess_reading_dates(document)
    windows = lay_windows(document, reading_dates=reading_dates)
    months = tally_months(document)
    lines = in_order(
        (
            *setup_lines(document, windows=windows, code_set=code_set),
            *device_lines(document, windows=windows, code_set=code_set),
            *management_lines(document, months=months, reading_dates=reading_dates, code_set=code_set),
        )
    )
    return Decision(document.episode.id, _rule_sets(lines, code_set=code_set), windows, months, lines)


def _rule_sets(lines: tuple[Line, ...], *, code_set: CodeSet) -> tuple[str, ...]:
    found = (code_set.on(line.date_of_service) for line in lines)
    return tuple(sorted({each.id for each in found if each is not None}))
