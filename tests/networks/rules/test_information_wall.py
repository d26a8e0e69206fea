"""The information wall: every cell of the matrix, the truth rows of the guard rails, and what never happens."""

import doctest
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from networks import information_wall
from networks.information_wall import (
    Aggregation,
    DataClass,
    Fact,
    Mode,
    Subject,
    Viewer,
    ViewerRole,
    contributions,
    may_see,
)
from networks.information_wall_policy import POLICY_VERSION, PRICE_CLASSES

ALL_FACTS = frozenset(Fact)
POOLED = Aggregation(
    patients=400,
    owners=6,
    largest_share=Decimal("0.24"),
    youngest_months=Decimal(6),
    neutral_third_party=True,
    reconstructable=False,
)

# The matrix, written a second time and by hand. Columns: clinician, practice admin, quality, contracting,
# messenger, payer. Letters: O own practice, W what belongs to all, A pooled, P pooled under the rule for
# prices, I by name; lower case: only with something on file; "-" nothing. Modes: N pre-integration,
# M messenger, R risk IPA, C both kinds of CIN.
MATRIX = """
patient_record         NMRC  o   O   i  -  -  I
outcomes_by_practice   NM    O   Oa  -  -  -  A
outcomes_by_practice   R     O   OAi i  i  -  Ai
outcomes_by_practice   C     OA  OAi I  A  -  Ai
outcomes_by_clinician  NMR   O   O   -  -  -  -
outcomes_by_clinician  C     OA  OAi I  A  -  Ai
payer_rates            NRC   -   O   -  -  -  I
payer_rates            M     -   O   -  I  I  I
practice_finances      NMRC  -   O   -  -  -  -
joint_schedule         NM    -   -   -  -  -  -
joint_schedule         RC    -   w   -  W  -  W
wages                  N     -   -   -  -  -  -
wages                  MRC   -   P   -  -  -  -
messenger_terms        NRC   -   -   -  -  -  -
messenger_terms        M     -   O   -  -  I  i
messenger_tally        NMRC  -   -   -  -  -  -
payer_behavior         N     -   O   -  -  -  -
payer_behavior         MRC   -   OA  A  A  -  -
allowed_amounts        N     -   -   -  -  -  -
allowed_amounts        MRC   -   P   -  P  -  -
business_plans         NMRC  -   O   -  -  -  -
shared_savings         NM    -   -   -  -  -  -
shared_savings         RC    -   Ow  I  I  -  I
referrals              N     O   O   -  -  -  -
referrals              MR    O   OA  -  A  -  -
referrals              C     O   OA  I  A  -  -
"""
MODES = {
    "N": [Mode.PRE_INTEGRATION],
    "M": [Mode.IPA_MESSENGER],
    "R": [Mode.IPA_RISK],
    "C": [Mode.CIN, Mode.CIN_RISK],
}
VIEWERS = {
    ViewerRole.CLINICIAN: Viewer(ViewerRole.CLINICIAN, practice="north"),
    ViewerRole.PRACTICE_ADMIN: Viewer(ViewerRole.PRACTICE_ADMIN, practice="north"),
    ViewerRole.QUALITY: Viewer(ViewerRole.QUALITY),
    ViewerRole.CONTRACTING: Viewer(ViewerRole.CONTRACTING),
    ViewerRole.MESSENGER: Viewer(ViewerRole.MESSENGER),
    ViewerRole.PAYER: Viewer(ViewerRole.PAYER, payer="acme"),
}


def cells():
    for line in MATRIX.split("\n")[1:-1]:
        data_class, modes, *letters = line.split()
        for mode in [mode for letter in modes for mode in MODES[letter]]:
            for role, cell in zip(VIEWERS, letters, strict=True):
                yield data_class, mode, role, cell


def seen(role, data_class, mode, *, practice, facts, pooled):
    subject = Subject(practice=practice, payer="acme", facts=facts)
    aggregation = pooled if pooled is not None else Aggregation(patients=400)
    return may_see(
        VIEWERS[role], data_class=data_class, subject=subject, mode=mode, aggregation=aggregation
    ).allowed


def test_the_matrix_covers_every_class_mode_and_role():
    covered = {cell[:3] for cell in cells()}
    assert covered == set(product(map(str, DataClass), Mode, VIEWERS))
    assert len(list(cells())) == len(covered)


@pytest.mark.parametrize("data_class", [str(each) for each in DataClass])
def test_cells(data_class):
    """Probe each cell of a class five ways, with nothing and with everything on file; name each that is wrong."""
    probed = [cell for cell in cells() if cell[0] == data_class]
    assert probed
    wrong = {
        f"{mode}-{role}-{on_file}": f"{answers}, not {expected}"
        for _, mode, role, cell in probed
        for on_file, facts, letters in (("nothing", frozenset(), cell), ("all", ALL_FACTS, cell.upper()))
        if (answers := _probed(role, data_class, mode, facts=facts)) != (expected := _written(role, letters))
    }
    assert not wrong


def _probed(role, data_class, mode, *, facts):
    """May the role see its own practice, another, the whole, pooled figures, and pooled ones of today?"""
    live = replace(POOLED, youngest_months=Decimal(0))
    return {
        "own": seen(role, data_class, mode, practice="north", facts=facts, pooled=None),
        "other": seen(role, data_class, mode, practice="south", facts=facts, pooled=None),
        "whole": seen(role, data_class, mode, practice="", facts=facts, pooled=Aggregation(patients=400)),
        "pooled": seen(role, data_class, mode, practice="", facts=facts, pooled=POOLED),
        "fresh": seen(role, data_class, mode, practice="", facts=facts, pooled=live),
    }


def _written(role, letters):
    """What the letters of a cell say of the same five."""
    return {
        "own": ("O" in letters and VIEWERS[role].practice == "north") or "I" in letters,
        "other": "I" in letters,
        "whole": bool({"W", "I"} & set(letters)),
        "pooled": bool({"A", "P", "W", "I"} & set(letters)),
        "fresh": bool({"A", "W", "I"} & set(letters)),
    }


ADMIN, QUALITY = VIEWERS[ViewerRole.PRACTICE_ADMIN], VIEWERS[ViewerRole.QUALITY]
SOUTH, GROUP = Subject("south"), Subject()
NAMED = Aggregation(patients=40)

TRUTH_ROWS = {
    "G1": (Mode.PRE_INTEGRATION, ADMIN, DataClass.OUTCOMES_BY_PRACTICE, SOUTH, NAMED, False),
    "G2": (Mode.IPA_MESSENGER, ADMIN, DataClass.PAYER_RATES, SOUTH, NAMED, False),
    "G3": (
        Mode.IPA_MESSENGER,
        Viewer(ViewerRole.MESSENGER),
        DataClass.MESSENGER_TERMS,
        SOUTH,
        Aggregation(),
        True,
    ),
    "G4": (
        Mode.IPA_MESSENGER,
        Viewer(ViewerRole.MESSENGER, ties=frozenset({"east"})),
        DataClass.MESSENGER_TERMS,
        SOUTH,
        Aggregation(),
        False,
    ),
    "G5": (
        Mode.IPA_MESSENGER,
        Viewer(ViewerRole.MESSENGER),
        DataClass.MESSENGER_TALLY,
        GROUP,
        POOLED,
        False,
    ),
    "G6": (Mode.CIN, QUALITY, DataClass.OUTCOMES_BY_CLINICIAN, SOUTH, NAMED, True),
    "G7 by name": (Mode.CIN, ADMIN, DataClass.OUTCOMES_BY_PRACTICE, SOUTH, NAMED, False),
    "G7 pooled": (
        Mode.CIN,
        ADMIN,
        DataClass.OUTCOMES_BY_PRACTICE,
        GROUP,
        Aggregation(patients=11, owners=5, largest_share=Decimal("0.25")),
        True,
    ),
    "G8": (Mode.CIN, ADMIN, DataClass.PAYER_RATES, SOUTH, NAMED, False),
    "G9": (Mode.CIN, Viewer(ViewerRole.CONTRACTING), DataClass.JOINT_SCHEDULE, GROUP, Aggregation(), True),
    "G10": (
        Mode.CIN,
        Viewer(ViewerRole.CONTRACTING, ties=frozenset({"north"})),
        DataClass.JOINT_SCHEDULE,
        GROUP,
        Aggregation(),
        False,
    ),
    "G12": (Mode.IPA_RISK, QUALITY, DataClass.OUTCOMES_BY_PRACTICE, SOUTH, NAMED, False),
    "G13": (
        Mode.CIN,
        Viewer(ViewerRole.PAYER, payer="acme"),
        DataClass.PATIENT_RECORD,
        Subject("south", payer="other"),
        Aggregation(),
        False,
    ),
    "G14": (
        Mode.CIN,
        Viewer(ViewerRole.PAYER, payer="acme"),
        DataClass.OUTCOMES_BY_PRACTICE,
        Subject(payer="acme"),
        replace(POOLED, patients=7),
        False,
    ),
    "G15": (Mode.CIN, Viewer("biller", practice="north"), DataClass.REFERRALS, SOUTH, NAMED, False),
}


@pytest.mark.parametrize(
    ("mode", "viewer", "data_class", "subject", "aggregation", "allowed"), TRUTH_ROWS.values(), ids=TRUTH_ROWS
)
def test_truth_row(mode, viewer, data_class, subject, aggregation, allowed):
    decision = may_see(viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    assert decision.allowed is allowed
    assert decision.policy_version == POLICY_VERSION
    assert decision.reason.endswith(".")
    assert decision.audited is (data_class != DataClass.PATIENT_RECORD)


@pytest.mark.parametrize(("role", "mode"), list(product(ViewerRole, Mode)))
def test_g11_nobody_sees_wages_of_another_practice(role, mode):
    decision = may_see(
        VIEWERS[role], data_class=DataClass.WAGES, subject=Subject("south", "acme", ALL_FACTS), mode=mode
    )
    assert not decision.allowed


# Each: what makes a pooled price too revealing, and the sentence that says so.
REVEALING = {
    "seven patients": ({"patients": 7}, "Figures of fewer than 11 patients stay in their practice."),
    "four owners": ({"owners": 4}, "Fewer than 5 owners contribute."),
    "one large owner": (
        {
            "largest_share": contributions(
                dict(zip("abcde", [150, 120, 60, 40, 30], strict=True))
            ).largest_share
        },
        "One owner contributes more than a quarter.",
    ),
    "gathered by a competitor": (
        {"neutral_third_party": False},
        "Prices must be gathered by a neutral third party.",
    ),
    "three months to the day": ({"youngest_months": Decimal(3)}, "Prices must be more than 3 months old."),
    "reconstructable": ({"reconstructable": True}, "Single prices could be worked out from it."),
}


@pytest.mark.parametrize(("change", "sentence"), REVEALING.values(), ids=REVEALING)
def test_pooled_prices_are_held_to_the_floor(change, sentence):
    decision = may_see(
        ADMIN,
        data_class=DataClass.ALLOWED_AMOUNTS,
        subject=GROUP,
        mode=Mode.CIN,
        aggregation=replace(POOLED, **change),
    )
    assert not decision.allowed
    assert decision.reason == sentence


@pytest.mark.parametrize(
    ("viewer", "owners", "largest", "allowed"),
    [
        pytest.param(ADMIN, 4, "0.2", False, id="a competitor, four owners"),
        pytest.param(ADMIN, 5, "0.26", False, id="a competitor, one owner too large"),
        pytest.param(ADMIN, 5, "0.25", True, id="a competitor, five even owners"),
        pytest.param(VIEWERS[ViewerRole.CONTRACTING], 2, "0.9", True, id="staff without a practice, two"),
        pytest.param(VIEWERS[ViewerRole.CONTRACTING], 1, "1", False, id="a group of one is that one"),
    ],
)
def test_who_must_not_work_out_a_contributor(viewer, owners, largest, allowed):
    pooled = Aggregation(patients=90, owners=owners, largest_share=Decimal(largest))
    decision = may_see(
        viewer, data_class=DataClass.OUTCOMES_BY_PRACTICE, subject=GROUP, mode=Mode.CIN, aggregation=pooled
    )
    assert decision.allowed is allowed


def test_a_named_practice_is_not_a_group():
    decision = may_see(
        VIEWERS[ViewerRole.CONTRACTING],
        data_class=DataClass.OUTCOMES_BY_PRACTICE,
        subject=SOUTH,
        mode=Mode.CIN,
        aggregation=POOLED,
    )
    assert decision.reason == "It names one practice; only pooled figures may be seen."


def test_one_practices_part_is_not_the_whole():
    decision = may_see(
        VIEWERS[ViewerRole.CONTRACTING], data_class=DataClass.JOINT_SCHEDULE, subject=SOUTH, mode=Mode.CIN
    )
    assert decision.reason == "Only the whole is shown here, not one practice's part."


def test_a_condition_that_is_not_on_file_is_named():
    decision = may_see(
        QUALITY, data_class=DataClass.PATIENT_RECORD, subject=SOUTH, mode=Mode.CIN, aggregation=NAMED
    )
    assert decision.reason == "It needs on file: review case."


def test_a_tie_to_another_practice_opens_nothing():
    """An administrator who also works for the neighbor does not see the neighbor's rates as her own."""
    viewer = Viewer(ViewerRole.PRACTICE_ADMIN, practice="north", ties=frozenset({"south"}))
    for data_class in (DataClass.PAYER_RATES, DataClass.PATIENT_RECORD):
        assert not may_see(viewer, data_class=data_class, subject=SOUTH, mode=Mode.CIN).allowed
        assert may_see(viewer, data_class=data_class, subject=Subject("north"), mode=Mode.CIN).allowed


def test_a_payer_without_an_id_sees_nothing():
    decision = may_see(
        Viewer(ViewerRole.PAYER), data_class=DataClass.PATIENT_RECORD, subject=SOUTH, mode=Mode.CIN
    )
    assert not decision.allowed


# Properties.

WORDS = some.text("abcdefgh_", max_size=12)
PRACTICES = some.sampled_from(["", "north", "south", "east"])
SUBJECTS = some.builds(
    Subject,
    practice=PRACTICES,
    payer=some.sampled_from(["", "acme"]),
    facts=some.frozensets(some.sampled_from(Fact)),
)
AGGREGATIONS = some.builds(
    Aggregation,
    patients=some.integers(0, 500),
    owners=some.integers(0, 9),
    largest_share=some.decimals(0, 1, places=2),
    youngest_months=some.decimals(0, 24, places=1),
    neutral_third_party=some.booleans(),
    reconstructable=some.booleans(),
)
OF_VIEWERS = some.builds(
    Viewer,
    role=some.sampled_from(ViewerRole),
    practice=PRACTICES,
    payer=some.sampled_from(["", "acme"]),
    ties=some.frozensets(some.sampled_from(["north", "south", "east"])),
)


@given(OF_VIEWERS, WORDS, SUBJECTS, some.sampled_from(Mode), AGGREGATIONS)
def test_unknown_class_is_denied_and_audited(viewer, data_class, subject, mode, aggregation):
    decision = may_see(viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    assert not decision.allowed
    assert decision.audited


@given(OF_VIEWERS, some.sampled_from(DataClass), SUBJECTS, WORDS, AGGREGATIONS)
def test_unknown_mode_is_denied(viewer, data_class, subject, mode, aggregation):
    assert not may_see(
        viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation
    ).allowed


@given(WORDS, PRACTICES, some.sampled_from(DataClass), SUBJECTS, some.sampled_from(Mode), AGGREGATIONS)
def test_unknown_role_is_denied(role, practice, data_class, subject, mode, aggregation):
    viewer = Viewer(role, practice=practice, payer="acme")
    assert not may_see(
        viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation
    ).allowed


@settings(max_examples=2000, deadline=None)
@given(
    OF_VIEWERS.filter(lambda viewer: viewer.is_affiliated),
    some.sampled_from(sorted(PRICE_CLASSES)),
    SUBJECTS.filter(lambda subject: subject.practice),
    some.sampled_from(Mode),
    AGGREGATIONS,
)
def test_a_competitor_never_sees_prices_of_another_practice(viewer, data_class, subject, mode, aggregation):
    """Whatever the role, the mode, the pooling and the papers on file."""
    decision = may_see(viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    assert not decision.allowed or subject.practice == viewer.practice


@settings(max_examples=1000, deadline=None)
@given(OF_VIEWERS, some.sampled_from(DataClass), SUBJECTS, some.sampled_from(Mode), AGGREGATIONS)
def test_every_decision_has_a_reason_and_more_on_file_never_closes(
    viewer, data_class, subject, mode, aggregation
):
    decision = may_see(viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    assert decision.reason
    everything = replace(subject, facts=ALL_FACTS)
    more = may_see(viewer, data_class=data_class, subject=everything, mode=mode, aggregation=aggregation)
    assert more.allowed >= decision.allowed


@settings(max_examples=1000, deadline=None)
@given(OF_VIEWERS, some.sampled_from(DataClass), SUBJECTS, some.sampled_from(Mode), AGGREGATIONS)
def test_ties_never_open_anything(viewer, data_class, subject, mode, aggregation):
    free = replace(viewer, ties=frozenset())
    tied = may_see(viewer, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    untied = may_see(free, data_class=data_class, subject=subject, mode=mode, aggregation=aggregation)
    assert untied.allowed >= tied.allowed


@pytest.mark.parametrize(
    ("weights", "owners", "share"),
    [
        pytest.param([120, 110, 90, 80, 60, 40], 6, "0.24", id="six"),
        pytest.param([150, 120, 60, 40, 30], 5, "0.375", id="one large"),
        pytest.param([5, 5, 0], 2, "0.5", id="one without weight"),
        pytest.param([0, 0], 0, "1", id="no weight"),
        pytest.param([], 0, "1", id="nobody"),
    ],
)
def test_contributions(weights, owners, share):
    found = contributions({str(number): weight for number, weight in enumerate(weights)})
    assert (found.owners, found.largest_share) == (owners, Decimal(share))


def test_negative_weight_is_refused():
    with pytest.raises(ValueError, match="must not be negative"):
        contributions({"a": -1})


def test_examples_in_docstrings_hold():
    outcome = doctest.testmod(information_wall)
    assert outcome.attempted
    assert outcome.failed == 0
