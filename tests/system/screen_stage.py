"""What the demonstration lacks for a picture of every page: a drill, a certified month, a draft, a link."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networks.actors import Actor
    from networks.models import Practice, User
    from tests.system.product import Product

# Of the demonstration's leads: the one whose pain gets worse.
SHOWN_PATIENT = "Grace"


def set_stage(product: "Product") -> dict[str, str]:
    """Make what is missing on Lakeside PT and its network; return what fills the places of addresses."""
    with product.inside(), _lakeside() as practice:
        _two_join(product, practice)
        values = _care(practice)
        values |= _danger(practice)
        values |= _closed_month(practice)
        values["person_id"] = str(_person("frontdesk@lakeside.demo").pk)
    with product.inside():
        return values | _draft()


def _now() -> datetime:
    return datetime.now(UTC)


def _person(email: str) -> "User":
    from networks.models import User

    return User.objects.get(email=email)


def _actor(email: str) -> "Actor":
    from networks.actors import Actor

    return Actor.person(_person(email).pk)


@contextmanager
def _lakeside() -> "Iterator[Practice]":
    from networks.models import Practice, RoleAssignment
    from networks.scoping import practice_scope

    found = RoleAssignment.objects.get(user__email="dana@lakeside.demo")
    assert found.practice_id
    with practice_scope(found.practice_id):
        yield Practice.objects.get(pk=found.practice_id)


def _care(practice: "Practice") -> dict[str, str]:
    from billing.models import DecidedLine
    from checkins.models import AdoptedProtocol, CheckIn, InboundRow
    from checkins.services import consent_links
    from checkins.services.links import CheckInLink, token_for
    from patients.models import Episode

    episode = Episode.objects.get(practice=practice, patient__given_name=SHOWN_PATIENT)
    waiting = CheckIn.objects.waiting().filter(practice=practice, expires_at__gt=_now()).first()
    assert waiting is not None, "No check-in waits for an answer yet."
    text = InboundRow.objects.filter(practice=practice, patient=episode.patient).latest("received_at")
    line = DecidedLine.objects.filter(practice=practice, episode=episode).order_by("pk").first()
    adopted = AdoptedProtocol.objects.filter(practice=practice).order_by("pk").first()
    desk = _actor("frontdesk@lakeside.demo")
    consent_link = consent_links.make_link(episode.patient, actor=desk, now=_now())
    return {
        "patient_id": str(episode.patient_id),
        "consent_token": consent_links.token_for(consent_link),
        "episode_id": str(episode.pk),
        "text_id": str(text.message_id),
        "line_id": str(line.pk) if line else "",
        "adopted_protocol_id": str(adopted.pk) if adopted else "",
        "token": token_for(CheckInLink(practice.pk, waiting.pk, waiting.expires_at)),
    }


def _two_join(product: "Product", practice: "Practice") -> None:
    from checkins.models import Sender

    line = Sender.objects.filter(practice=practice, state=Sender.State.READY).order_by("pk").first()
    assert line is not None
    for number, word in (("+16305550177", "JOIN"), ("+16305550178", "UNIRME")):
        product.simulator.text(sender=number, to=line.number, body=word)
    product.wait(
        lambda: product.count("checkins_joinrequest", "state = 'open'") == 2, what="two who want to join"
    )


def _danger(practice: "Practice") -> dict[str, str]:
    from checkins.models import Alert
    from checkins.services import drills
    from networks.services import rota

    admin = _person("admin@lakeside.demo")
    for weekday in range(7):
        rota.add_shift(
            practice,
            user_id=admin.pk,
            weekday=weekday,
            starts_at=time(8),
            ends_at=time(18),
            actor=_actor(admin.email),
            now=_now(),
        )
    drill = drills.start_drill(practice, actor=_actor(admin.email), now=_now())
    alert = Alert.objects.open().filter(practice=practice).order_by("pk").first()
    assert alert is not None, "The demonstration has no open alert."
    return {"drill_id": str(drill.pk), "alert_id": str(alert.pk)}


def _closed_month(practice: "Practice") -> dict[str, str]:
    from billing.certification_statements import CURRENT_STATEMENT
    from billing.models import Certification
    from billing.presenters.closing import shape_of
    from billing.selectors.closing import month_list, months_of_episodes
    from billing.services import certification, charges_out

    month = (_now().date().replace(day=1) - timedelta(days=1)).replace(day=1)
    listed = months_of_episodes(practice.pk, month_list(practice.pk, month=month).ordered, month=month)
    # Some stay open, so that the page of certifying shows both.
    reviewed = [
        certification.Reviewed(
            each.episode.pk, certification.seen_digest([shape_of(line) for line in each.lines])
        )
        for each in listed[:-2]
    ]
    # The first leave in a file; those certified after it wait for the next.
    for some in (reviewed[:3], reviewed[3:]):
        if not some:
            continue
        certification.certify(
            some,
            practice_id=practice.pk,
            month=month,
            statement_version=CURRENT_STATEMENT,
            actor=_actor("dana@lakeside.demo"),
            now=_now(),
        )
        if some == reviewed[:3]:
            charges_out.export(
                practice.pk, mapping="daybook", actor=_actor("biller@lakeside.demo"), now=_now()
            )
    done = Certification.objects.filter(practice=practice, month=month).order_by("pk").first()
    if done is None:
        return {}
    return {"certification_id": str(done.pk)}


def _draft() -> dict[str, str]:
    from networks.errors import DomainError
    from networks.models import Network, RoleAssignment
    from networks.scoping import Scope, open_scope
    from reporting.selectors import payers
    from reporting.services.drafting import ProfileRequest, draft

    network_id = RoleAssignment.objects.get(user__email="quality@cin.demo").network_id
    assert network_id
    today = _now().date()
    with open_scope(Scope.of_network(network_id)):
        network = Network.objects.get(pk=network_id)
        for payer in payers():
            request = ProfileRequest(payer, today - timedelta(days=89), today, ())
            try:
                made = draft(
                    network, request=request, actor=_actor("quality@cin.demo"), today=today, now=_now()
                )
            except DomainError:
                continue  # too few patients of this payer for anybody to see
            return {"draft_id": str(made.pk)}
    return {}
