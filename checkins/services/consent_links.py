"""Consent by web link: making the link, what its page may show, and writing down what was answered there."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from checkins.models import Alert, Plan
from checkins.selectors.carrier_blocks import is_blocked
from checkins.services import alerts, enrollment, reaching, signed_links
from checkins.services.signed_links import Purpose, SignedLink
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import Practice
from networks.turns import take_turn
from patients.models import ConsentEvent, ConsentLink, ConsentSignature, Patient, Phone

LASTS = timedelta(days=7)  # our choice: over a weekend and until the next visit
_MOST_A_DAY = 10  # links for one patient; more is a mistake or a machine
_CONFIRMED_FOR = timedelta(minutes=10)  # whoever finds the link later learns nothing from it
_PAGE = Actor.part("consent page")


@dataclass(frozen=True)
class ConsentPage:
    """What the page may show: the link's patient and the phone asked about, or what was answered a moment ago."""

    link: ConsentLink
    practice: Practice
    phone: Phone | None
    answered: ConsentSignature | None = None


@dataclass(frozen=True)
class Answer:
    """What somebody answered: yes or no to each, who they are, and in which language they read it.

    `texts` is None where the page did not ask about texts.
    """

    monitoring: bool
    texts: bool | None
    signer: str
    typed_name: str
    relationship: str
    language: str


def make_link(patient: Patient, *, actor: Actor, now: datetime) -> ConsentLink:
    """Make and return a link for a patient, which ends the one before; about texts too where a number is in use.

    DomainError after ten within a day.
    """
    mine = ConsentLink.objects.filter(practice_id=patient.practice_id, patient=patient)
    if mine.filter(occurred_at__gt=now - timedelta(days=1)).count() >= _MOST_A_DAY:
        raise DomainError(
            "Ten links were made for this patient within a day: use the latest, or try tomorrow."
        )
    with transaction.atomic():
        link = ConsentLink.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            phone=_number_in_use(patient),
            made_by_id=actor.user_id,
            # Whole seconds, as the signed address has them.
            expires_at=(now + LASTS).replace(microsecond=0),
            occurred_at=now,
            recorded_at=now,
        )
        _note("consent.link_made", link, actor=actor, now=now)
    return link


def _number_in_use(patient: Patient) -> Phone | None:
    phones = Phone.objects.filter(practice_id=patient.practice_id, patient=patient, state=Phone.State.ACTIVE)
    return phones.order_by("-added_at", "-id").first()


def token_for(link: ConsentLink) -> str:
    """Return the 70 characters that stand for a link."""
    signed = SignedLink(link.practice_id, link.pk, link.expires_at)
    return signed_links.sign(signed, purpose=Purpose.CONSENT)


def address_of(link: ConsentLink) -> str:
    """Return the address to show or copy; it names nobody."""
    return f"{settings.PUBLIC_BASE_URL}/a/{token_for(link)}/"


def opened(token: str) -> SignedLink | None:
    """Return the link that a token stands for, over or not; None when it is none of ours."""
    return signed_links.opened(token, purpose=Purpose.CONSENT)


def page_of(signed: SignedLink, *, now: datetime) -> ConsentPage | None:
    """Return what the page may show; None for a link that is over. Call inside the practice's scope; four queries.

    A link is over once it has expired, was answered, or a later one was made. What was answered shows for ten
    minutes more.
    """
    link = _link_of(signed.practice_id, signed.subject_id)
    if link is None:
        return None
    answered: ConsentSignature | None = getattr(link, "signature", None)
    if answered is not None and now - answered.recorded_at >= _CONFIRMED_FOR:
        return None
    if answered is None and not _is_open(link, now=now):
        return None
    return ConsentPage(link, link.practice, _still_in_use(link.phone), answered)


def _link_of(practice_id: UUID, link_id: UUID) -> ConsentLink | None:
    rows = ConsentLink.objects.filter(practice_id=practice_id, pk=link_id)
    return rows.select_related(
        "practice", "patient", "phone", "signature", "signature__monitoring", "signature__texts"
    ).first()


def _is_open(link: ConsentLink, *, now: datetime) -> bool:
    if now >= link.expires_at:
        return False
    mine = ConsentLink.objects.filter(practice_id=link.practice_id, patient_id=link.patient_id)
    return mine.order_by("-occurred_at", "-id").values_list("pk", flat=True).first() == link.pk


def _still_in_use(phone: Phone | None) -> Phone | None:
    return phone if phone is not None and phone.state == Phone.State.ACTIVE else None


def answer(page: ConsentPage, *, given: Answer, now: datetime) -> ConsentSignature:
    """Write down what was answered, as two consent records and who said so; what follows from each follows at once.

    Conflict where the link has been used or replaced in the meantime.
    """
    with transaction.atomic():
        take_turn("consent link", page.link.patient_id)
        link = _link_of(page.link.practice_id, page.link.pk)
        if link is None or hasattr(link, "signature") or not _is_open(link, now=now):
            raise Conflict("This link has been used or replaced in the meantime: nothing was changed.")
        said = reaching.Said(ConsentEvent.Method.WEB, now, _PAGE, language=given.language)
        monitoring = _settle_monitoring(link.patient, agreed=given.monitoring, said=said, now=now)
        phone = _still_in_use(link.phone)
        texts = _settle_texts(phone, agreed=given.texts, said=said, now=now) if phone else None
        signature = ConsentSignature.objects.create(
            practice_id=link.practice_id,
            link=link,
            signer=given.signer,
            typed_name=given.typed_name,
            relationship=given.relationship,
            language=given.language,
            monitoring=monitoring,
            texts=texts,
            occurred_at=now,
            recorded_at=now,
        )
        _note("consent.link_answered", link, actor=_PAGE, now=now)
    return signature


def _settle_monitoring(patient: Patient, *, agreed: bool, said: reaching.Said, now: datetime) -> ConsentEvent:
    if agreed:
        return reaching.resume_monitoring(patient, said=said, now=now)
    stood = _agrees(patient, kind=ConsentEvent.Kind.MONITORING)
    event = reaching.end_monitoring(patient, said=said, now=now)
    if stood:
        # What was asked until today ends without anybody of the practice: staff hear of it.
        alerts.open_alert(patient, kind=Alert.Kind.DECLINED, level=Alert.Level.REVIEW, now=now)
    return event


def _settle_texts(
    phone: Phone, *, agreed: bool | None, said: reaching.Said, now: datetime
) -> ConsentEvent | None:
    if agreed is None:
        return None
    stood = _agrees(phone.patient, kind=ConsentEvent.Kind.TEXTS, phone=phone)
    if not agreed:
        event = reaching.stop_texts(phone, said=said, now=now)
        if stood:
            # As with a stop by text: staff hear of it.
            alerts.open_alert(phone.patient, kind=Alert.Kind.OPTED_OUT, level=Alert.Level.REVIEW, now=now)
        return event
    event = reaching.allow_texts(phone, said=said, now=now)
    if not stood and not is_blocked(phone):
        _welcome(phone, now=now)
    return event


def _agrees(patient: Patient, *, kind: str, **at: Phone) -> bool:
    said = ConsentEvent.objects.filter(practice_id=patient.practice_id, patient=patient, kind=kind, **at)
    latest = said.order_by("-occurred_at", "-id").values_list("act", flat=True)
    return latest.first() == ConsentEvent.Act.GIVEN


def _welcome(phone: Phone, *, now: datetime) -> None:
    # The first text under a new consent says who texts, how often, and how to stop.
    plans = Plan.objects.filter(practice_id=phone.practice_id, phone=phone, ends_on=None)
    plan = plans.select_related("episode", "phone", "sender").order_by("-starts_on", "-id").first()
    if plan is not None:
        enrollment.welcome(plan, patient=phone.patient, now=now)


def _note(action: str, link: ConsentLink, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="consent_link",
        subject_id=link.pk,
        now=now,
        practice_id=link.practice_id,
        patient_id=link.patient_id,
    )
