"""One decision over an episode whose consent, payer or device determination changed on the way.

The rules judge one document with one consent and one payer. So the episode is judged once for each period
in which the same stood, and of each judgement that is kept which ends inside its period: a window or a
month goes by what stood at its end. No date ever lies in two windows.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.code_set import CODE_SET, CodeSet, Family
from billing.decision import Decision, Line, in_order
from billing.document import Document, PriorWindow
from billing.months import Month
from billing.rules import decide
from billing.services.standing import Period
from billing.spans import Span
from billing.windows import Window


@dataclass(frozen=True, slots=True)
class Case:
    """All facts of one episode and the periods by which they are judged; there is at least one period."""

    document: Document
    periods: tuple[Period, ...]

    def documents(self) -> Iterator[Document]:
        """The document of each period, before earlier periods' windows are added."""
        for period in self.periods:
            yield _under(self.document, period=period, windows=())


def decide_case(case: Case, *, code_set: CodeSet = CODE_SET) -> Decision:
    """The decision over all periods; over a single one it is that of the rules."""
    if len(case.periods) == 1:
        return decide(next(case.documents()), code_set=code_set)
    windows: list[Window] = []
    months: dict[date, Month] = {}
    lines: list[Line] = []
    for period in case.periods:
        own = _decide_period(
            case.document, period=period, windows=windows, months=months.keys(), code_set=code_set
        )
        windows.extend(own.windows)
        months |= {each.span.first: each for each in own.months}
        lines.extend(own.lines)
    return Decision(
        case.document.episode.id,
        _rule_sets(lines, code_set=code_set),
        tuple(sorted(windows, key=lambda each: each.span.first)),
        tuple(months[first] for first in sorted(months)),
        in_order(lines),
    )


def _decide_period(
    document: Document,
    *,
    period: Period,
    windows: Sequence[Window],
    months: Container[date],
    code_set: CodeSet,
) -> Decision:
    """What one period adds to the windows and months kept so far.

    The grid of windows stays where it was, unless days that earlier windows rest on no longer count: then
    it begins anew after them.
    """
    decision = decide(_under(document, period=period, windows=()), code_set=code_set)
    own = _keep(decision, period=period, document=document, taken=months, code_set=code_set)
    end = max((each.span.last for each in windows), default=date.min)
    if all(each.span.first > end for each in own.windows):
        return own
    decision = decide(_under(document, period=period, windows=windows), code_set=code_set)
    return _keep(decision, period=period, document=document, taken=months, code_set=code_set)


def _rule_sets(lines: Sequence[Line], *, code_set: CodeSet) -> tuple[str, ...]:
    found = (code_set.on(line.date_of_service) for line in lines)
    return tuple(sorted({each.id for each in found if each is not None}))


def _under(document: Document, *, period: Period, windows: Sequence[Window]) -> Document:
    standing = period.standing
    earlier = tuple(PriorWindow(each.span.first, each.span.last) for each in windows)
    return replace(
        document,
        consent=standing.consent,
        payer=standing.payer,
        device_determination=standing.device_determination,
        prior_windows=(*document.prior_windows, *earlier),
    )


def _keep(
    decision: Decision, *, period: Period, document: Document, taken: Container[date], code_set: CodeSet
) -> Decision:
    """Of one period's decision the windows and months that end in it, their lines, and its set-up line."""

    def ends_here(span: Span) -> bool:
        return period.holds(min(span.clipped_to, document.as_of))

    windows = tuple(each for each in decision.windows if ends_here(each.span))
    # A month is billed once: where consent ended and was given anew in it, the first part stands.
    months = tuple(each for each in decision.months if ends_here(each.span) and each.span.first not in taken)
    setup = document.known_setup

    def is_kept(line: Line) -> bool:
        family, day = code_set.family_of(line.code), line.date_of_service
        if family is Family.SETUP:
            return setup is not None and period.holds(setup.completed_on)
        spans = [each.span for each in (windows if family is Family.DEVICE else months)]
        return any(span.first <= day <= span.last for span in spans)

    lines = tuple(each for each in decision.lines if is_kept(each))
    return replace(decision, windows=windows, months=months, lines=lines)
