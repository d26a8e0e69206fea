"""The published score: intervals, and that the file keeps to the reader and the texts it names."""

import json
from pathlib import Path

import pytest

from checkins.presenters.reading_score import RESULT
from checkins.replies.published import result_document, wilson_interval
from checkins.replies.scoring import score_lines

GOLD = (
    '{"id":"X1","open":["pain"],"texts":["6"],"answers":{"pain":6},"consent":null,"red_flag":null,'
    '"kind":"answer","follow_up":"none"}'
)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 51, 0.0, 0.0700),
        (5, 51, 0.0426, 0.2098),
        (225, 240, 0.8996, 0.9618),
        (10, 10, 0.7225, 1),
    ],
)
def test_wilson_interval(count, of, low, high):
    assert wilson_interval(count, of) == pytest.approx((low, high), abs=0.0003)


def test_result_names_reader_files_and_date():
    result = result_document(score_lines([GOLD]), names=["x.jsonl"], measured_on="2026-11-22")
    assert (result["texts"], result["files"], result["measured_on"]) == (1, ["x.jsonl"], "2026-11-22")
    assert result["misses"] == []
    assert result["confusion"]["answers"] == [{"expected": "pain=number", "read": "pain=number", "count": 1}]


def test_the_published_file_counts_every_text_once():
    result = json.loads(RESULT.read_text("utf-8"))
    texts = [
        line
        for name in result["files"]
        for line in (Path(__file__).parents[3] / "data" / "replies" / name).read_text("utf-8").splitlines()
    ]
    assert result["texts"] == len(texts)
    for rows in result["confusion"].values():
        assert sum(row["count"] for row in rows) == result["texts"]
