"""Reads shaped for one page or job; each says how many queries it needs."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from patients.models import ConsentEvent, Enrollment, Episode, Milestone, Patient, Phone


def consents_in_force(practice_id: UUID, patient_ids: list[UUID], *, kind: str, at: datetime) -> set[UUID]:
    """Return those of the patients whose latest event of this kind by then is a giving; one query."""
    latest = (
        ConsentEvent.objects.filter(
            practice_id=practice_id, patient_id__in=patient_ids, kind=kind, occurred_at__lte=at
        )
        .order_by("patient_id", "-occurred_at", "-id")
        .distinct("patient_id")
    )
    return {event.patient_id for event in latest if event.act == ConsentEvent.Act.GIVEN}


def consent_history(practice_id: UUID, patient_id: UUID) -> list[ConsentEvent]:
    """Return a patient's consent events, newest first, each with who signed by web link; one query."""
    rows = ConsentEvent.objects.filter(practice_id=practice_id, patient_id=patient_id)
    rows = rows.select_related("signature_of_monitoring", "signature_of_texts")
    return list(rows.order_by("-occurred_at", "-id"))


def search(practice_id: UUID, text: str) -> QuerySet[Patient]:
    """Return a practice's patients by name, record number or a phone's last four digits, with what a list shows.

    Every word must be found; an empty text finds everybody. One query when read.
    """
    rows = Patient.objects.filter(practice_id=practice_id)
    for word in text.split()[:6]:
        found = (
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(record_number__icontains=word)
        )
        if word.isdigit() and len(word) == 4:
            found |= Q(Exists(_phones(practice_id).filter(last_four=word)))
        rows = rows.filter(found)
    return _with_care(rows, practice_id).order_by("family_name", "given_name", "id")


def _with_care(rows: QuerySet[Patient], practice_id: UUID) -> QuerySet[Patient]:
    episodes = Episode.objects.filter(practice_id=practice_id, patient_id=OuterRef("pk")).order_by(
        "-starts_on"
    )
    monitored = Enrollment.objects.filter(
        practice_id=practice_id, episode__patient_id=OuterRef("pk"), ends_on=None
    )
    return rows.annotate(
        condition=Subquery(episodes.values("condition")[:1]),
        side=Subquery(episodes.values("side")[:1]),
        clinician_name=Subquery(episodes.values("clinician__name")[:1]),
        last_four=Subquery(_phones(practice_id).order_by("state", "-added_at").values("last_four")[:1]),
        is_monitored=Exists(monitored),
    )


def _phones(practice_id: UUID) -> QuerySet[Phone]:
    return Phone.objects.filter(practice_id=practice_id, patient_id=OuterRef("pk"))


def shared_phones_of(patient: str) -> QuerySet[Phone]:
    """Return the phones in use of a patient that another patient of the practice is texted at too.

    To be asked inside a query of rows whose column `patient` says whose phones; it adds no query.
    """
    theirs = Phone.objects.filter(
        practice_id=OuterRef("practice_id"), number_index=OuterRef("number_index")
    ).exclude(Q(patient_id=OuterRef("patient_id")) | Q(state=Phone.State.REPLACED))
    mine = Phone.objects.filter(practice_id=OuterRef("practice_id"), patient_id=OuterRef(patient))
    return mine.filter(Exists(theirs)).exclude(state=Phone.State.REPLACED)


def milestones_of(practice_id: UUID, episode_id: UUID) -> list[Milestone]:
    """Return an episode's milestones, the latest first, each with what took it back; one query."""
    rows = Milestone.objects.filter(practice_id=practice_id, episode_id=episode_id, voids=None)
    return list(rows.select_related("by", "voided_by", "voided_by__by").order_by("-reached_on", "-id"))
