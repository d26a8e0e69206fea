"""Figures, tables and document of a profile: what is shown, what is withheld, and why."""

import json
from dataclasses import replace

import pytest

from reporting.manifests import (
    NO_RELEASE_BEFORE,
    ReleaseFacts,
    canonical_json,
    digest_of,
    envelope,
    file_digest,
    manifest,
)
from reporting.measures.definitions import BY_ID, MEASURES
from reporting.measures.patients import Adherence
from reporting.profiles import drawings
from reporting.profiles.disclosure import Share, showable
from reporting.profiles.document import build, weeks_of
from reporting.profiles.figures import State, figures_of
from reporting.profiles.practices import PracticeFigures, Rate, beside, figures_of_practice, people_rate
from reporting.profiles.rows import as_csv, inert
from reporting.profiles.sheet import ReleaseMark, sheet_of
from reporting.profiles.tables import columns_for, raw_counts, tables_of
from reporting.profiles.wording import figure_words, headline, measured_words, number
from reporting.suppression_ledger import ShownCount
from tests.reporting.rules.invented_results import FRAME, drawn, several
from tests.reporting.rules.suppression_attack import breaches


def _by_id(results):
    return {each.id: each for each in figures_of(results)}


def _mixed(reached: int, stayed: int, missing: int):
    return [
        *several(reached),
        *several(stayed, start=reached, baseline=7, end=6),
        *several(missing, start=reached + stayed, end=None),
    ]


def test_shares_have_wilsons_interval_and_completeness() -> None:
    figure = _by_id(_mixed(45, 15, 20))["pain.reached_points"]
    assert (figure.value, figure.low, figure.high) == (75, 62.8, 84.2)
    assert (figure.numerator, figure.measured, figure.eligible) == (45, 60, 80)
    assert figure.state is State.SHOWN


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ((45, 15, 20), State.SHOWN),
        ((40, 20, 40), State.BOUNDED),
        ((30, 19, 51), State.INSUFFICIENT),
        ((5, 40, 15), State.WITHHELD),
        ((40, 5, 15), State.WITHHELD),
    ],
    ids=["70 percent measured", "60 percent", "under half", "few improved", "few did not"],
)
def test_a_share_is_shown_bounded_or_withheld(counts, state) -> None:
    figure = _by_id(_mixed(*counts))["pain.reached_points"]
    assert figure.state is state
    assert (figure.value is None) == (state in {State.INSUFFICIENT, State.WITHHELD})


def test_bounds_stand_beside_a_share_of_which_many_are_missing() -> None:
    figure = _by_id(_mixed(40, 20, 40))["pain.reached_points"]
    assert (figure.worst, figure.best) == (40, 80)
    assert figure_words({**figure.__dict__, "state": "bounded"}).remark.startswith(
        "Had nobody missing improved 40 %"
    )


def test_few_missing_are_counted_as_not_reached_and_not_told() -> None:
    figures = _by_id(_mixed(40, 20, 4))
    assert figures["pain.completeness"].value is None
    assert figures["pain.completeness"].at_least == 54
    assert figures["pain.reached_points"].measured == 64
    assert figures["pain.improvement"].measured is None
    words = figure_words(figures["pain.completeness"].__dict__ | {"state": "shown"})
    assert words.value == "84.4 % or more"


def test_worsening_is_printed_and_said_to_be_rare() -> None:
    worse = [*_mixed(30, 20, 15), *several(4, start=90, baseline=3, end=6)]
    figure = _by_id(worse)["pain.worsened"]
    assert figure.state is State.WITHHELD
    assert figure.note == "Fewer than 11 of 54."


def test_a_profile_of_fewer_than_11_patients_is_not_made() -> None:
    with pytest.raises(ValueError, match="at least 11"):
        figures_of(several(10))


def test_every_measure_has_a_figure_and_every_figure_a_measure() -> None:
    assert [each.id for each in figures_of(_mixed(45, 15, 20))] == [each.id for each in MEASURES]
    assert all(each.definition == BY_ID[each.id].definition for each in figures_of(_mixed(45, 15, 20)))


def test_adherence_is_three_numbers() -> None:
    figures = _by_id(_mixed(45, 15, 20))
    values = [figures[f"adherence.{name}"].value for name in ("conservative", "reported", "upper")]
    assert values == [40, 60, 73.3]


def test_measures_of_whom_too_few_were_measured_are_insufficient() -> None:
    silent = [replace(each, delivered=0, answered=0, days_to_first_data=None) for each in _mixed(45, 15, 20)]
    figures = _by_id(silent)
    assert figures["rtm.response"].state is State.INSUFFICIENT
    assert figures["access.days_to_first_data"].state is State.INSUFFICIENT


@pytest.mark.parametrize("seed", range(120))
def test_no_small_count_can_be_worked_out_of_the_tables_of_a_release(seed: int) -> None:
    results = drawn(seed)
    columns = columns_for(results)
    tables, patterns = tables_of(results)
    assert breaches(raw_counts(results, columns), patterns) == []
    for table in tables:
        shown = [cell for row in table.rows for cell in (*row.cells, row.total) if cell is not None]
        assert not any(0 < cell < 11 for cell in shown)


@pytest.mark.parametrize("seed", range(40))
def test_no_figure_tells_a_small_count(seed: int) -> None:
    for each in figures_of(drawn(seed)):
        counts = [each.numerator, each.measured]
        if each.numerator is not None and each.measured is not None:
            counts.append(each.measured - each.numerator)
        if each.measured is not None and each.eligible is not None:
            counts.append(each.eligible - each.measured)
        assert not any(0 < count < 11 for count in counts if count is not None), each


def test_two_shares_that_give_a_small_group_away_together_are_not_both_shown() -> None:
    everybody = frozenset(map(str, range(100)))
    ninety, other = frozenset(map(str, range(89))), frozenset(map(str, range(5, 94)))
    shares = [Share("a", ninety, everybody), Share("b", other, everybody)]
    assert showable(shares) == {"a", "b"}
    narrow = Share("c", frozenset(map(str, range(84, 100))), everybody)
    assert "a" in showable([Share("a", ninety, everybody), narrow])


def test_a_share_outside_its_group_is_never_shown() -> None:
    assert showable([Share("a", frozenset("xyz" * 4), frozenset("abc"))]) == frozenset()


def test_a_document_is_the_same_each_time_and_survives_json() -> None:
    built = build(_mixed(45, 15, 20), frame=FRAME)
    again = json.loads(json.dumps(built.document))
    assert (
        digest_of(again)
        == digest_of(built.document)
        == digest_of(build(_mixed(45, 15, 20), frame=FRAME).document)
    )
    assert built.refusals == ()


def _released(results, name="spring"):
    return [replace(each, release=name) for each in build(results, frame=FRAME).shown]


def test_a_cohort_a_few_larger_than_one_released_is_refused() -> None:
    earlier = _released(_mixed(45, 15, 20))
    larger = [*_mixed(45, 15, 20), *several(5, start=200)]
    assert "fewer than 11" in build(larger, frame=FRAME, earlier=earlier).refusals[0]


def test_the_same_cohort_and_a_much_larger_one_may_be_released() -> None:
    earlier = _released(_mixed(45, 15, 20))
    assert build(_mixed(45, 15, 20), frame=FRAME, earlier=earlier).refusals == ()
    larger = [*_mixed(45, 15, 20), *several(40, start=200), *several(15, start=300, end=6)]
    assert build(larger, frame=FRAME, earlier=earlier).refusals == ()


def test_a_table_that_differs_by_a_few_from_a_released_one_is_left_out() -> None:
    base = _mixed(45, 15, 20)
    earlier = _released(base)
    more = [
        *base,
        *several(14, start=200, language="en"),
        *several(3, start=300, language="en", condition="hip"),
    ]
    built = build(more, frame=FRAME, earlier=earlier)
    ids = {each["id"] for each in built.document["tables"]}
    assert ids | set(built.document["suppression"]["tables_withheld"]) == {
        "age_band",
        "condition",
        "surgery",
        "language",
    }
    assert not any(
        each.cell.split(":")[0] not in ids | {"cohort.patients"} and "." not in each.cell
        for each in built.shown
    )


def test_a_figure_that_differs_by_a_few_is_withheld() -> None:
    base = _mixed(45, 15, 20)
    sixteen = frozenset(each.key for each in base[:-4])
    earlier = [ShownCount("spring", "rtm.sixteen_of_30:part", sixteen)]
    figures = {each["id"]: each for each in build(base, frame=FRAME, earlier=earlier).document["figures"]}
    assert figures["rtm.sixteen_of_30"]["state"] == "withheld"
    assert figures["pain.reached_points"]["state"] == "shown"


def test_weighting_is_shown_where_many_are_missing_and_all_its_cells_are_seen() -> None:
    results = [
        *_mixed(42, 18, 20),
        *several(24, start=100, condition="back"),
        *several(24, start=130, condition="back", baseline=7, end=6),
        *several(72, start=160, condition="back", end=None),
    ]
    document = build(results, frame=FRAME).document
    assert document["weighted"] == 58
    assert build(_mixed(70, 15, 12), frame=FRAME).document["weighted"] is None


def test_weeks_with_few_readings_are_gaps() -> None:
    results = _mixed(45, 15, 20)
    few = [
        replace(each, weeks=(*each.weeks[:2], *(None,) * 10)) if place > 8 else each
        for place, each in enumerate(results)
    ]
    weeks = weeks_of(few)
    assert weeks[0]["patients"] == 80
    assert weeks[2] == {"week": 3, "pain": None, "patients": None, "at_least": None}
    most = [replace(each, weeks=(None,) * 12) if place < 3 else each for place, each in enumerate(results)]
    assert weeks_of(most)[0]["at_least"] == 70


def test_the_headline_claims_no_more_than_was_measured() -> None:
    assert headline(build(_mixed(45, 15, 20), frame=FRAME).document) == (
        "Of 80 patients of Blue Harbor Health, 60 were measured at both ends; 75 % of these improved by 2 points or "
        "more on the 0 to 10 scale of pain; the mean improvement was 3.2 points."
    )
    assert "at least 54 were measured" in headline(build(_mixed(40, 20, 4), frame=FRAME).document)
    assert "may be shown" in headline(build(_mixed(12, 11, 60), frame=FRAME).document)


def test_words_that_promise_are_nowhere_in_a_document() -> None:
    text = json.dumps(build(_mixed(45, 15, 20), frame=FRAME).document).lower()
    assert not any(word in text for word in ("prevents", "saves", "guarantees", "leverage"))


def test_the_sheet_shows_drafts_and_releases() -> None:
    document = build(_mixed(45, 15, 20), frame=FRAME).document
    assert sheet_of(document)["mark"] is None
    marked = sheet_of(document, mark=ReleaseMark(3, "6 Apr 2026", "Jane", "key", "0" * 64))
    assert marked["mark"]["number"] == 3
    assert len(marked["big"]) == 4
    withheld = sheet_of(build(several(12, end=None), frame=FRAME).document)
    assert not withheld["shares"][0]["is_shown"]


def test_tables_left_out_are_told_in_the_sheet() -> None:
    document = dict(build(_mixed(45, 15, 20), frame=FRAME).document)
    document["suppression"] = document["suppression"] | {
        "tables_withheld": ["language"],
        "figures_withheld": 1,
    }
    assert "1 figure withheld. Some tables are withheld" in sheet_of(document)["suppression"]


def test_drawings_name_themselves_and_hold_no_style() -> None:
    weeks = build(_mixed(45, 15, 20), frame=FRAME).document["weeks"]
    weeks[3] = weeks[3] | {"pain": None}
    made = [
        drawings.weekly_pain(weeks),
        drawings.weekly_pain([]),
        drawings.interval_bar({"value": 40, "low": None, "high": None}),
        drawings.interval_bar({}, caution=True),
        drawings.adherence_bar(40, 70, None),
        drawings.group_bar(None, 80),
    ]
    for each in made:
        assert "style=" not in each
        assert 'aria-label="' in each
    assert made[0].count("<polyline") == 2


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1"])
def test_cells_that_a_spreadsheet_would_run_are_inert(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


def test_a_hostile_name_is_inert_in_the_csv() -> None:
    document = dict(build(_mixed(45, 15, 20), frame=FRAME).document) | {"payer": '=HYPERLINK("http://x")'}
    text = as_csv(document).decode("utf-8-sig")
    assert "\"'=HYPERLINK" in text


@pytest.mark.parametrize(
    ("part", "of", "words"),
    [
        (5, 9, "fewer than 11 patients"),
        (3, 60, "fewer than 11 of them"),
        (58, 60, "83 % or more"),
        (12, 19, "47 % or more"),
        (13, 26, ""),
    ],
    ids=["few patients", "few of them", "nearly all", "few left", "plain"],
)
def test_a_practices_rate_tells_no_small_count(part, of, words) -> None:
    rate = people_rate(part, of)
    assert rate.words == words
    assert (rate.value is None) == bool(rate.words)


def test_few_patients_have_no_interval() -> None:
    assert people_rate(11, 11).words == "few patients: no interval"
    assert people_rate(11, 11).low is None


def test_pooled_figures_do_not_tell_of_the_one_practice_that_is_hidden() -> None:
    whole = figures_of_practice(_mixed(45, 15, 20), open_episodes=85, monitored=70)
    large = figures_of_practice(_mixed(45, 15, 15), open_episodes=60, monitored=45)
    guarded = beside(whole, [large])
    assert guarded.response.words.startswith("withheld")
    assert guarded.enrolled == whole.enrolled
    assert beside(whole, []) == whole
    empty = Rate(None, words="x")
    assert beside(whole, [PracticeFigures(empty, empty, empty, empty)]) == whole


def test_a_practice_without_texts_has_no_rate() -> None:
    assert figures_of_practice([], open_episodes=0, monitored=0).response.words == "fewer than 11 patients"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"eligible": None}, ""),
        ({"at_least": 50}, "at least 50 of 90 measured"),
        ({}, "fewer than 11 of 90 measured"),
        ({"measured": 72}, "72 of 90 measured"),
        ({"measured": 90, "numerator": 45}, "45 of 90"),
        ({"state": "withheld", "measured": 72}, ""),
    ],
    ids=["nobody eligible", "about", "few", "a mean", "of all", "withheld"],
)
def test_how_many_were_measured_is_said(changes, said) -> None:
    assert measured_words({"id": "x", "state": "shown", "eligible": 90} | changes) == said


def test_a_figure_without_interval_or_value_is_said_plainly() -> None:
    plain = {
        "id": "x",
        "title": "X",
        "unit": "days",
        "state": "shown",
        "value": 2,
        "eligible": None,
        "definition": "x/1",
    }
    assert figure_words(plain).interval == ""
    assert figure_words(plain | {"value": None}).value == "withheld"
    worse = plain | {"id": "pain.worsened", "state": "bounded", "worst": 1, "best": 20.5}
    assert figure_words(worse).remark == "By the missing, between 1 and 20.5 %."
    assert number(None) == "–"
    assert number(-1.5) == "−1.5"


def test_the_headline_speaks_of_what_is_shown_only() -> None:
    document = build(_mixed(45, 15, 20), frame=FRAME).document
    for name, missing in (("pain.reached_points", "improved by 2 points"), ("pain.improvement", "the mean")):
        figures = [
            each | {"state": "withheld"} if each["id"] == name else each for each in document["figures"]
        ]
        assert missing not in headline(document | {"figures": figures})


def test_a_profile_without_exercises_shows_no_bar() -> None:
    silent = [replace(each, adherence=Adherence(0, 0, 0)) for each in _mixed(45, 15, 20)]
    assert not sheet_of(build(silent, frame=FRAME).document)["adherence"]["is_shown"]


def test_a_number_measured_in_between_is_rounded_to_one_that_it_reaches() -> None:
    some = [replace(each, delivered=0 if place < 27 else 30) for place, each in enumerate(_mixed(45, 15, 20))]
    figure = _by_id(some)["rtm.response"]
    assert (figure.measured, figure.at_least) == (None, 50)


def test_a_manifest_names_each_file_and_part() -> None:
    document = build(_mixed(45, 15, 20), frame=FRAME).document
    facts = ReleaseFacts(
        release_id="r",
        number=1,
        created_at="2026-04-06",
        network="n",
        recipient="p",
        period=document["period"],
        approved_by="a",
        released_by="b",
        wall_policy="2026.1",
        document=document,
        previous=NO_RELEASE_BEFORE,
    )
    made = manifest(facts, files=[file_digest("b.csv", b"2"), file_digest("a.pdf", b"1")])
    assert [each["name"] for each in made["files"]] == ["a.pdf", "b.csv"]
    assert made["parts"]["figure pain.improvement"]
    assert made["completeness"]["percent"] == 75
    assert "Total cost of care" in made["not_measured"]
    whole = json.loads(envelope(made, signature="s", key_id="k"))
    assert whole["manifest"] == json.loads(canonical_json(made))
