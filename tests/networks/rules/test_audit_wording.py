"""The details of an audit entry in words: names for people, marks for ids and checksums, nothing lost."""

from uuid import UUID

import pytest

from networks.audit_wording import detail_words, people_in

ANNA = UUID("01a02e1c-0000-7000-8000-00000000aa01")
OTHER = UUID("01a02e1c-0000-7000-8000-0000d00be7b2")
NAMES = {ANNA: "Anna Reyes"}


@pytest.mark.parametrize(
    ("details", "words"),
    [
        pytest.param({}, "", id="nothing"),
        pytest.param(
            {"kind": "wrong_number", "reader": "2026.8"}, "wrong number · reader 2026.8", id="plain word"
        ),
        pytest.param({"reason": "patient_asked"}, "reason “patient_asked”", id="what a person wrote"),
        pytest.param(
            {"person": str(ANNA), "role": "front_desk"},
            "for Anna Reyes · role front desk",
            id="a person by name",
        ),
        pytest.param({"person": str(OTHER)}, "for …d00be7b2", id="somebody unknown by the end of the id"),
        pytest.param(
            {"episode": str(OTHER), "activity": "review"}, "review · episode …d00be7b2", id="other ids"
        ),
        pytest.param({"sha256": "ab" * 32, "rows": 3}, "rows 3 · checksum abababab…", id="checksum"),
        pytest.param({"ended": [str(OTHER), str(ANNA)]}, "ended …d00be7b2, Anna Reyes", id="list"),
        pytest.param({"until": "2026-03-04"}, "until 2026-03-04", id="dates are left for the page to say"),
        pytest.param({"by_link": True, "seen": False}, "by link yes · seen no", id="yes and no"),
        pytest.param({"page": "patient"}, "patient", id="the page itself"),
        pytest.param({"to": {"a": 1}}, "to {'a': 1}", id="what has no wording is shown as it is"),
    ],
)
def test_details_in_words(details: dict[str, object], words: str) -> None:
    assert detail_words(details, names=NAMES) == words


def test_people_are_found_under_their_key_alone() -> None:
    assert people_in({"person": str(ANNA), "episode": str(OTHER)}) == [ANNA]
    assert people_in({"person": "nobody"}) == []
    assert people_in({}) == []
