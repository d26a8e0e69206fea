"""The labelled texts as a scored test: the figures may rise, never fall."""

from pathlib import Path

import pytest

from checkins.replies.scoring import Figure, score_lines

LABELLED = Path(__file__).parents[3] / "data" / "replies"
# Share of texts right in every field; raise when the reader improves.
FLOORS = {
    "labelled.jsonl": 0.99,
    "tuning.jsonl": 0.99,
    "held_out.jsonl": 0.98,
    "tuning_2.jsonl": 0.93,
    "tuning_3.jsonl": 0.97,
    "siblings.jsonl": 0.98,
    "siblings_2.jsonl": 0.97,
    "siblings_3.jsonl": 0.98,
    "siblings_5.jsonl": 0.97,
    "siblings_6.jsonl": 0.97,
    "siblings_7.jsonl": 0.9,
    "held_out_2.jsonl": 0.9,
    "fresh_a.jsonl": 0.97,
    "fresh_b.jsonl": 0.92,
    "fresh_c.jsonl": 0.97,
    "fresh_d.jsonl": 0.95,
    "fresh_e.jsonl": 0.95,
    "fresh_x.jsonl": 0.97,
    "fresh_f.jsonl": 0.98,
    "fresh_g.jsonl": 0.99,
    "fresh_h.jsonl": 0.96,
    "fresh_i.jsonl": 0.98,
    "fresh_j.jsonl": 0.97,
    "fresh_k.jsonl": 0.96,
    "fresh_l.jsonl": 0.95,
    "fresh_m.jsonl": 0.95,
    "fresh_o.jsonl": 0.85,
    "fresh_q.jsonl": 0.88,
    "siblings_8.jsonl": 0.92,
    "siblings_9.jsonl": 0.97,
    "siblings_10.jsonl": 0.85,
    "fresh_n.jsonl": 0.95,
    "fresh_p.jsonl": 0.96,
    "fresh_r.jsonl": 0.94,
    "fresh_s.jsonl": 0.9,
    "fresh_t.jsonl": 0.94,
    "fresh_u.jsonl": 0.94,
    "fresh_v.jsonl": 0.95,
    "formats.jsonl": 0.97,
}


@pytest.mark.parametrize("name", FLOORS)
def test_floor(name):
    card = score_lines((LABELLED / name).read_text("utf-8").splitlines())
    assert card.wholly_right / card.texts >= FLOORS[name]


@pytest.mark.parametrize(
    "name",
    [
        "labelled.jsonl",
        "tuning.jsonl",
        "tuning_2.jsonl",
        "tuning_3.jsonl",
        "fresh_a.jsonl",
        "fresh_b.jsonl",
        "fresh_c.jsonl",
        "fresh_d.jsonl",
        "fresh_e.jsonl",
        "fresh_f.jsonl",
        "fresh_g.jsonl",
        "fresh_h.jsonl",
        "fresh_i.jsonl",
        "fresh_j.jsonl",
        "fresh_x.jsonl",
        "formats.jsonl",
    ],
)
def test_targets(name):
    card = score_lines((LABELLED / name).read_text("utf-8").splitlines())
    assert card.meets_targets(), [figure for figure in card.figures() if not figure.is_met]
    assert card.figures_document()["texts"] == card.texts


def test_a_figure_without_cases_is_met():
    assert Figure("none", 0, 0, 0.95, at_most=False).is_met
    assert Figure("none", 0, 0, 0.01, at_most=True).is_met


def test_misses_are_counted():
    gold = (
        '{"id":"X1","open":["pain"],"texts":["%s"],"answers":%s,"consent":%s,"red_flag":%s,'
        '"kind":"answer","follow_up":"none","also":[{"kind":"other"}]}'
    )
    card = score_lines(
        [
            gold % ("6", '{"pain":{"low":5,"high":6}}', '"opt_out"', '{"class":"fall","level":"L1"}'),
            gold % ("stop, i fell", '{"pain":3}', "null", "null"),
            "",
        ]
    )
    assert card.texts == 2
    assert card.wholly_right == 0
    assert not card.meets_targets()
    assert {miss.field for miss in card.misses} >= {"answers", "red_flag", "consent"}
    assert [figure.count for figure in card.figures()] == [0, 0, 1, 1, 1, 1]
    assert card.figures()[2].target == "at most 1%"
