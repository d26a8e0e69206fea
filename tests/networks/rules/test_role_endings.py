"""Which role may be ended: all but the last administrator's, and nobody's own administrator role."""

from datetime import date, timedelta

import pytest

from networks.permissions import ADMIN_ROLES, Role
from networks.role_endings import ENDED, LAST_ADMIN, OWN_ADMIN, PAST, Ending, refusal
from networks.role_words import role_choices, role_words

TODAY = date(2026, 3, 2)


def _ending(role: Role, **changes: object) -> Ending:
    usual = {"is_own": False, "has_ended": False, "other_admins": 1, "today": TODAY, "last_day": TODAY}
    return Ending(role=role, **(usual | changes))


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        pytest.param(_ending(Role.BILLER), "", id="a biller today"),
        pytest.param(_ending(Role.BILLER, is_own=True, other_admins=0), "", id="one's own other role"),
        pytest.param(_ending(Role.BILLER, last_day=TODAY + timedelta(30)), "", id="in a month"),
        pytest.param(_ending(Role.BILLER, last_day=TODAY - timedelta(1)), PAST, id="yesterday"),
        pytest.param(_ending(Role.BILLER, has_ended=True), ENDED, id="twice"),
        pytest.param(_ending(Role.PRACTICE_ADMIN), "", id="one of two administrators"),
        pytest.param(_ending(Role.PRACTICE_ADMIN, other_admins=0), LAST_ADMIN, id="the last administrator"),
        pytest.param(
            _ending(Role.PRACTICE_ADMIN, other_admins=0, is_own=True), LAST_ADMIN, id="one's own and the last"
        ),
        pytest.param(_ending(Role.NETWORK_ADMIN, is_own=True), OWN_ADMIN, id="one's own administrator role"),
    ],
)
def test_which_role_may_be_ended(ending: Ending, said: str) -> None:
    assert refusal(ending) == said


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
@pytest.mark.parametrize("is_own", [True, False], ids=["own", "others"])
def test_the_last_administrator_stays_whenever_it_is_tried(role: Role, is_own: bool) -> None:
    for days in range(3):
        ending = _ending(role, is_own=is_own, other_admins=0, last_day=TODAY + timedelta(days))
        assert refusal(ending) == LAST_ADMIN


def test_every_role_has_words() -> None:
    assert {value for value, *_ in role_choices(Role)} == {role.value for role in Role}
    assert role_words("network_admin") == "Administrator"
