"""What a call costs: one SQL round trip, the route remembered, no page machinery."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from checkins import webhooks
from tests.checkins.webhooks.conftest import Carrier


def test_a_text_in_is_one_round_trip(carrier: Carrier) -> None:
    carrier.hears("first", sid="SM" + "1" * 32)
    with CaptureQueriesContext(connection) as queries:
        assert carrier.hears("second", sid="SM" + "2" * 32).status_code == 200
    assert [each["sql"].split("(")[0].split()[-1] for each in queries] == ["daybook_receive"]


def test_a_replay_is_one_round_trip(carrier: Carrier) -> None:
    carrier.hears("first")
    with CaptureQueriesContext(connection) as queries:
        assert carrier.hears("first").status_code == 200
    assert len(queries) == 1


def test_a_status_is_one_round_trip(carrier: Carrier, attempt: str) -> None:
    path = f"{carrier.status_path}?m={attempt}"
    carrier.post(path, carrier.status("queued"))
    with CaptureQueriesContext(connection) as queries:
        assert carrier.post(path, carrier.status("sent")).status_code == 204
    assert [each["sql"].split("(")[0].split()[-1] for each in queries] == ["daybook_status"]


def test_the_route_is_read_once_and_again_after_it_was_forgotten(carrier: Carrier) -> None:
    def queries(sid: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            carrier.hears("6", sid=sid)
        return len(captured)

    assert [queries("SM1"), queries("SM2"), queries("SM3")] == [2, 1, 1]
    webhooks.forget_routes()
    assert queries("SM4") == 2


def test_the_carrier_gets_no_cookies_and_no_sign_in(carrier: Carrier) -> None:
    answer = carrier.hears("6 y")
    assert not answer.cookies
    assert "Location" not in answer.headers
