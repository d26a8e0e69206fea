"""Senders that die at each boundary of a text's way, one process each; run as

    python -m tests.faults.dying_sender PRACTICE_ID ROW_ID:BOUNDARY ...

The product's own functions run unchanged; only a SIGKILL to themselves stands between two of them.
"""

import os
import signal
import sys
import threading
from typing import NoReturn
from uuid import UUID

import django

BOUNDARIES = ("claim", "departure", "post", "answer", "record")


def die() -> NoReturn:
    """End this process as a crash would."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("a killed process goes on")


def send_until(boundary: str, *, practice_id: UUID, message_id: UUID) -> NoReturn:
    """Claim and send one text as the worker does, and die at the boundary."""
    from checkins.gateways import twilio
    from checkins.services import line, outbox, sending
    from networks import clock
    from networks.scoping import practice_scope

    with practice_scope(practice_id):
        claimed = outbox.claim(practice_id, now=clock.now(), limit=1)
        routes = line.routes_of(practice_id)
    assert claimed == [message_id], "texts are claimed in the order they were queued"
    if boundary == "claim":
        die()
    handed_over = twilio.send

    def send(account: twilio.Account, text: twilio.Text) -> twilio.Outcome:
        if boundary == "departure":
            die()
        if boundary == "post":
            threading.Timer(0.5, die).start()  # the carrier has the text and hangs
        outcome = handed_over(account, text)
        if boundary == "answer":
            die()
        return outcome

    sending.twilio.send = send
    sending.send_one(practice_id, message_id, routes=routes)
    die()


def main() -> None:
    """Fork one sender for each row and boundary, one after the other."""
    practice_id = UUID(sys.argv[1])
    django.setup()
    import checkins.services.sending  # noqa: F401 - once, before the forks

    for each in sys.argv[2:]:
        row, boundary = each.split(":")
        child = os.fork()
        if child == 0:
            send_until(boundary, practice_id=practice_id, message_id=UUID(row))
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"{boundary}: the sender ended by itself"
        assert os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(f"{boundary}\n")


if __name__ == "__main__":
    main()
