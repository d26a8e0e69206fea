"""Who belongs to a cohort, and what one patient's monitoring amounts to."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from reporting.case_mix import UNKNOWN, age_band, case_mix
from reporting.cohorts import (
    Candidate,
    CohortDefinition,
    CohortError,
    MemberSpell,
    PayerSpell,
    checked,
    choose,
)
from reporting.instruments.pain_change import PainReading
from reporting.manifests import canonical_json, digest_of, parts
from reporting.measures.patients import AskedDay, Monitored, result_of
from reporting.statistics.clusters import ratio_interval_by_patient

DAY = date(2026, 1, 5)
CUT_OFF = DAY + timedelta(days=89)
DEFINITION = CohortDefinition("blue", DAY, CUT_OFF)
AT = datetime(2026, 1, 1, tzinfo=UTC)
MEMBERS = [MemberSpell("oak", date(2025, 1, 1), None)]
PAYERS = {"p": [PayerSpell("blue", date(2025, 12, 1), None, AT)]}


def _candidate(**changes) -> Candidate:
    plain = {"patient": "p", "episode": "e", "practice": "oak", "condition": "knee", "began_on": DAY}
    return Candidate(**(plain | changes))


def _chosen(*candidates, members=MEMBERS, payers=PAYERS, definition=DEFINITION):
    return choose(candidates, definition=definition, members=members, payers=payers)


@pytest.mark.parametrize(
    ("candidate", "belongs"),
    [
        (_candidate(), True),
        (_candidate(began_on=DAY - timedelta(days=1)), False),
        (_candidate(began_on=CUT_OFF - timedelta(days=30)), True),
        (_candidate(began_on=CUT_OFF - timedelta(days=29)), False),
        (_candidate(practice="elm"), False),
        (_candidate(patient="q"), False),
    ],
    ids=["first day", "day before", "last entry day", "day after", "no member", "no payer on record"],
)
def test_who_belongs(candidate, belongs) -> None:
    assert bool(_chosen(candidate)) is belongs


def test_a_patient_counts_once_with_the_first_episode() -> None:
    later = _candidate(episode="later", began_on=DAY + timedelta(days=9))
    assert [each.candidate.episode for each in _chosen(later, _candidate())] == ["e"]


def test_conditions_narrow_the_cohort() -> None:
    narrow = CohortDefinition("blue", DAY, CUT_OFF, ("hip",))
    assert _chosen(_candidate(), definition=narrow) == []
    assert "Conditions: Hip." in narrow.sentences()
    assert "Conditions: all conditions." in DEFINITION.sentences()


def test_whoever_pays_belongs_where_no_payer_is_named() -> None:
    assert _chosen(_candidate(patient="q"), definition=CohortDefinition("", DAY, CUT_OFF))


def test_of_several_payers_the_one_that_began_last_holds() -> None:
    payers = {"p": [*PAYERS["p"], PayerSpell("red", date(2026, 1, 1), None, AT)]}
    assert _chosen(_candidate(), payers=payers) == []
    ended = {"p": [*PAYERS["p"], PayerSpell("red", date(2026, 1, 1), date(2026, 1, 4), AT)]}
    assert _chosen(_candidate(), payers=ended)


def test_data_are_used_until_the_practice_left() -> None:
    left = [MemberSpell("oak", date(2025, 1, 1), date(2026, 2, 1))]
    assert _chosen(_candidate(), members=left)[0].data_until == date(2026, 2, 1)
    assert _chosen(_candidate(began_on=date(2026, 2, 2)), members=left) == []
    assert _chosen(_candidate())[0].data_until == CUT_OFF


@pytest.mark.parametrize(
    ("definition", "field"),
    [
        (CohortDefinition("b", DAY, date(2026, 5, 1)), "cut_off"),
        (CohortDefinition("b", DAY, DAY + timedelta(days=29)), "cut_off"),
        (CohortDefinition("b", date(2023, 1, 1), CUT_OFF), "first_day"),
        (CohortDefinition("b", DAY, CUT_OFF, ("elbow",)), "conditions"),
    ],
    ids=["future", "short", "long", "unknown condition"],
)
def test_a_definition_that_makes_no_cohort_is_refused(definition, field) -> None:
    with pytest.raises(CohortError) as refused:
        checked(definition, today=date(2026, 4, 10))
    assert refused.value.field == field


def test_a_sound_definition_is_returned() -> None:
    assert checked(DEFINITION, today=CUT_OFF) is DEFINITION


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2010, 1, 6), "Under 18"),
        (date(2008, 1, 5), "18 to 44"),
        (date(1981, 1, 5), "45 to 64"),
        (date(1961, 1, 6), "45 to 64"),
        (date(1961, 1, 5), "65 to 74"),
        (date(1930, 1, 1), "75 and over"),
        (None, UNKNOWN),
        (date(2027, 1, 1), UNKNOWN),
    ],
)
def test_age_bands_change_on_the_birthday(born, band) -> None:
    assert age_band(DAY, born_on=born) == band


def test_surgery_after_the_start_is_no_surgery_before_it() -> None:
    mix = {"enrolled_on": DAY, "born_on": None, "condition": "toe", "language": "fr"}
    assert case_mix(surgery_on=DAY, **mix).surgery == "After surgery"
    assert case_mix(surgery_on=DAY + timedelta(days=1), **mix).surgery == "None recorded"
    assert case_mix(surgery_on=None, **mix).condition == UNKNOWN


def _monitored(**changes) -> Monitored:
    mix = case_mix(enrolled_on=DAY, born_on=None, condition="knee", surgery_on=None, language="en")
    plain = {
        "key": "k",
        "practice": "oak",
        "clinician": "c",
        "mix": mix,
        "evaluated_on": DAY - timedelta(days=2),
        "began_on": DAY,
        "ended_on": None,
        "data_until": CUT_OFF,
    }
    return Monitored(**(plain | changes))


def _on(*since: int) -> list[date]:
    return [DAY + timedelta(days=each) for each in since]


def test_pain_is_measured_at_both_ends_or_not_at_all() -> None:
    readings = [
        PainReading(day, Decimal(value)) for day, value in zip(_on(0, 1, 80, 88), (7, 7, 4, 3), strict=True)
    ]
    change = result_of(_monitored(pain=tuple(readings))).change
    assert change is not None
    assert change.improvement == Fraction(7, 2)
    assert result_of(_monitored(pain=tuple(readings[:2]))).change is None


def test_facts_outside_the_spell_do_not_count() -> None:
    days = frozenset(_on(-1, 0, 29, 30, 95))
    told = result_of(_monitored(data_days=days, ended_on=DAY + timedelta(days=40)))
    assert told.days_of_30 == 2
    assert told.days_to_first_data == 2
    assert result_of(_monitored()).days_to_first_data is None


def test_a_text_that_never_arrived_is_no_day_without_a_reply() -> None:
    asked = [
        AskedDay(DAY, True, True, True, "yes"),
        AskedDay(DAY, False, False, True),
        AskedDay(DAY, True, False, True),
        AskedDay(DAY, True, True, False),
        AskedDay(DAY, False, True, True, "no"),
    ]
    told = result_of(_monitored(asked=tuple(asked)))
    assert (told.adherence.asked, told.adherence.answered, told.adherence.done, told.adherence.silent) == (
        3,
        2,
        1,
        1,
    )
    assert (told.delivered, told.answered) == (3, 2)


def test_weeks_are_means_of_days() -> None:
    readings = [PainReading(day, Decimal(value)) for day, value in zip(_on(0, 6, 7), (6, 4, 2), strict=True)]
    assert result_of(_monitored(pain=tuple(readings))).weeks[:3] == (5, 2, None)


def test_the_interval_of_a_ratio_counts_patients() -> None:
    luck = np.random.default_rng(3)
    wholes = luck.integers(1, 40, 25)
    hits = np.array([luck.integers(0, each + 1) for each in wholes])
    share, low, high = ratio_interval_by_patient([int(x) for x in hits], [int(x) for x in wholes])
    ratio = hits.sum() / wholes.sum()
    error = np.sqrt(np.var(hits - ratio * wholes, ddof=1) / 25) / wholes.mean()
    from scipy import stats

    assert share == pytest.approx(ratio, abs=1e-9)
    assert low == pytest.approx(ratio - stats.t.ppf(0.975, 24) * error, abs=1e-6)
    assert high == pytest.approx(ratio + stats.t.ppf(0.975, 24) * error, abs=1e-6)


@pytest.mark.parametrize(
    ("hits", "wholes", "expected"),
    [([], [], (None, None, None)), ([0], [0], (None, None, None)), ([1], [2], (0.5, None, None))],
)
def test_too_few_patients_have_no_interval(hits, wholes, expected) -> None:
    assert ratio_interval_by_patient(hits, wholes) == expected


def test_series_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one whole for each part"):
        ratio_interval_by_patient([1], [1, 2])


@pytest.mark.parametrize(
    "value",
    [float("nan"), 1 / 3, 1e16, 0.00001, {1: 2}, {"é": 1}, object()],
    ids=["no number", "a third", "beyond whole", "small", "number as key", "accent in key", "no JSON"],
)
def test_what_readers_would_write_apart_has_no_canonical_form(value) -> None:
    with pytest.raises(ValueError, match=r"decimals|plain text|no place"):
        canonical_json(value)


def test_canonical_json_is_sorted_and_plain() -> None:
    assert canonical_json({"b": (1.0, True, None), "a": "ñ"}) == '{"a":"ñ","b":[1,true,null]}'.encode()
    assert digest_of({"a": 1.0}) == digest_of({"a": 1})
    assert set(parts({"figures": [{"id": "x"}], "tables": [{"id": "y"}], "title": "t"})) == {
        "figure x",
        "table y",
        "section title",
    }
