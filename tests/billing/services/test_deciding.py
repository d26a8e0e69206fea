"""One decision over several periods: what is kept of each; no database."""

import json
import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from billing.code_set import CODE_SET
from billing.document import Coverage, DateRange, Document
from billing.intake import read_document
from billing.json_field import JsonField
from billing.rules import decide
from billing.services.deciding import Case, decide_case
from billing.services.document_json import digest_of, document_as_json
from billing.services.standing import Period, Standing, lay_periods
from tests.billing.naive.generator import random_document

SEEDS = range(400)


def document_of(seed: int) -> Document:
    """A random document of the contract, typed."""
    return read_document(JsonField(random_document(random.Random(f"periods {seed}"))))


def standing_of(document: Document) -> Standing:
    """What the document itself says stood."""
    return Standing(document.consent, document.payer, document.device_determination)


def single(document: Document) -> Case:
    """The case in which nothing changed."""
    return Case(document, (Period(date.min, date.max, standing_of(document)),))


def changing(seed: int) -> Case:
    """A case in which consent, coverage or both changed up to three times."""
    rng, document = random.Random(f"changes {seed}"), document_of(seed)
    first = document.episode.dates.first
    days = sorted({first + timedelta(days=rng.randrange(1, 120)) for _ in range(rng.randrange(1, 4))})
    standings = {}
    for begin, end in pairwise([first, *days, None]):
        consent = document.consent
        if consent is not None and rng.random() < 0.5:
            last = None if end is None else end - timedelta(days=rng.randrange(1, 20))
            consent = DateRange(begin, last)
        payer = document.payer
        if rng.random() < 0.6:
            status = rng.choice([Coverage.COVERED, Coverage.COVERED, Coverage.UNKNOWN])
            payer = replace(payer, coverage=status, covered_from=begin)
        standings[begin] = Standing(consent, payer, rng.random() < 0.8)

    def standing_on(day: date) -> Standing:
        return standings[max(each for each in standings if each <= day)]

    periods = lay_periods(standing_on, first=first, last=max(first, document.as_of), changes=days)
    return Case(document, periods)


@pytest.mark.parametrize("seed", range(20))
def test_where_nothing_changed_the_rules_alone_decide(seed) -> None:
    document = document_of(seed)
    assert decide_case(single(document)) == decide(document)


@pytest.mark.parametrize("seed", range(60))
def test_a_cut_without_a_change_makes_no_difference(seed) -> None:
    document = document_of(seed)
    cut = document.episode.dates.first + timedelta(days=45)
    halves = (
        Period(date.min, cut, standing_of(document)),
        Period(cut + timedelta(days=1), date.max, standing_of(document)),
    )
    assert decide_case(Case(document, halves)) == decide(document)


def test_windows_never_overlap_and_no_month_is_billed_twice() -> None:
    several = 0
    for seed in SEEDS:
        case = changing(seed)
        decision = decide_case(case)
        several += len(case.periods) > 1
        for earlier, later in pairwise(decision.windows):
            assert earlier.span.last < later.span.first, seed
        months = [each.span.first for each in decision.months]
        assert months == sorted(set(months)), seed
        for window in decision.windows:
            inside = [
                each
                for each in decision.lines
                if each.code in CODE_SET.device_codes
                and window.span.first <= each.date_of_service <= window.span.last
            ]
            assert len(inside) <= 1, seed
        assert sum(each.code == "98975" for each in decision.lines) <= 1, seed
    assert several > 200


def test_every_window_with_a_day_and_every_month_has_its_line() -> None:
    for seed in SEEDS:
        decision = decide_case(changing(seed))
        device = [each for each in decision.lines if each.code in CODE_SET.device_codes]
        assert len(device) == sum(1 for each in decision.windows if each.days), seed
        management = {"98979", "98980", "98981"}
        managed = {each.date_of_service.replace(day=1) for each in decision.lines if each.code in management}
        assert managed == {each.span.first for each in decision.months}, seed


def test_a_billable_line_rests_on_what_stood_at_its_end() -> None:
    checked = 0
    for seed in SEEDS:
        case = changing(seed)
        for line in decide_case(case).lines:
            # A lapsed plan of care moves a date of service back, perhaps into an earlier period.
            later = [each for each in case.periods if each.last >= line.date_of_service]
            if line.status == "billable":
                checked += 1
                assert any(each.standing.device_determination for each in later), seed
                assert any(each.standing.payer.coverage != Coverage.UNKNOWN for each in later), seed
    assert checked > 100


def test_the_json_shape_reads_back_as_the_same_document() -> None:
    for seed in range(100):
        document = document_of(seed)
        assert read_document(JsonField(json.loads(json.dumps(document_as_json(document))))) == document


def test_the_digest_leaves_out_the_day_and_nothing_else() -> None:
    document = document_of(1)
    later = replace(document, as_of=document.as_of + timedelta(days=1))
    other = replace(document, setup_already_billed=not document.setup_already_billed)
    assert digest_of([document]) == digest_of([later])
    assert digest_of([document]) != digest_of([other])
    assert digest_of([document]) != digest_of([document, document])
