"""Parts 2 to 5, 11 and 12 of a packet: what had to stand before anything could be charged."""

from collections.abc import Iterator

from billing.models import (
    Attestation,
    Charge,
    Coverage,
    DeviceDetermination,
    Exclusion,
    PayerPolicy,
    SetUp,
)
from billing.packets.sealed_file import Entry
from billing.selectors.claims import diagnoses_on
from billing.services.packet_subject import Subject, clinician_data, day_words, instant_words, person_words
from patients.models import ConsentEvent, PlanOfCare


def gate_entries(subject: Subject, charge: Charge) -> Iterator[Entry]:
    """The entries of these parts; each part says so where nothing was recorded; eleven queries at most."""
    for part, found, nothing in (
        (2, _plans(subject, charge), "No plan of care is recorded."),
        (3, _consents(subject), "No consent is recorded."),
        (
            4,
            _determinations(subject, charge),
            "No device determination is recorded for this date of service.",
        ),
        (5, _set_ups(subject), "No set-up is recorded."),
        (11, _exclusions(subject), "No other monitoring, home health or hospital stay is recorded."),
        (12, _coverages(subject, charge), "No coverage is recorded for this date of service."),
    ):
        entries = list(found)
        yield from entries or [Entry(part, "nothing", "", {"words": nothing})]


def _plans(subject: Subject, charge: Charge) -> Iterator[Entry]:
    episode = subject.episode
    yield Entry(
        2,
        "episode",
        str(episode.pk),
        {
            "condition": episode.get_condition_display(),
            "side": episode.get_side_display(),
            "discipline": episode.discipline,
            "evaluation_on": day_words(episode.starts_on),
            "discharge_on": day_words(episode.ends_on),
            "clinician": clinician_data(episode.clinician),
            "diagnosis_codes": ", ".join(diagnoses_on(episode, day=charge.date_of_service))
            or "Kept in the practice's own record.",
        },
    )
    plans = PlanOfCare.objects.standing().filter(practice_id=subject.practice_id, episode=episode)
    for each in plans.order_by("starts_on", "pk"):
        yield Entry(
            2,
            "plan of care",
            str(each.pk),
            {
                "from": day_words(each.starts_on),
                "to": day_words(each.ends_on),
                "names_rtm": each.names_rtm,
                "goal": each.goal,
                "certified_on": day_words(each.certified_on),
            },
        )


def _consents(subject: Subject) -> Iterator[Entry]:
    rows = ConsentEvent.objects.filter(
        practice_id=subject.practice_id,
        patient_id=subject.episode.patient_id,
        kind=ConsentEvent.Kind.MONITORING,
    ).select_related("recorded_by")
    for each in rows.order_by("occurred_at", "pk"):
        yield Entry(
            3,
            "consent",
            str(each.pk),
            {
                "act": each.act,
                "method": each.get_method_display(),
                "wording_version": each.wording_version,
                "language": each.language,
                "at": instant_words(each.occurred_at),
                "recorded_at": instant_words(each.recorded_at),
                "recorded_by": person_words(each.recorded_by),
            },
        )


def _determinations(subject: Subject, charge: Charge) -> Iterator[Entry]:
    rows = DeviceDetermination.objects.filter(
        practice_id=subject.practice_id, starts_on__lte=charge.date_of_service
    )
    for each in rows.order_by("starts_on", "pk"):
        if each.ends_on is not None and each.ends_on < charge.covers_from:
            continue
        yield Entry(
            4,
            "device determination",
            str(each.pk),
            {
                "basis": each.basis,
                "memo": each.memo,
                "software_version": each.software_version,
                "signed_by": each.signed_by,
                "from": day_words(each.starts_on),
                "to": day_words(each.ends_on),
            },
        )


def _set_ups(subject: Subject) -> Iterator[Entry]:
    rows = SetUp.objects.standing().filter(practice_id=subject.practice_id, episode=subject.episode)
    for each in rows.select_related("taught_by"):
        yield Entry(
            5,
            "set-up",
            str(each.pk),
            {
                "completed_on": day_words(each.completed_on),
                "pt_minutes": each.pt_minutes,
                "pta_minutes": each.pta_minutes,
                "taught_by": clinician_data(each.taught_by),
                "note": each.note,
                "recorded_at": instant_words(each.recorded_at),
            },
        )


def _exclusions(subject: Subject) -> Iterator[Entry]:
    rows = Exclusion.objects.standing().filter(practice_id=subject.practice_id, episode=subject.episode)
    for each in rows.order_by("starts_on", "pk"):
        yield Entry(
            11,
            "exclusion",
            str(each.pk),
            {
                "what": each.get_kind_display(),
                "from": day_words(each.starts_on),
                "to": day_words(each.ends_on),
                "source": each.source,
            },
        )
    said = Attestation.objects.filter(practice_id=subject.practice_id, episode=subject.episode)
    for stated in said.select_related("by").order_by("said_on", "pk"):
        yield Entry(
            11,
            "attestation",
            str(stated.pk),
            {
                "said_on": day_words(stated.said_on),
                "said_by": stated.get_source_display(),
                "no_other_rtm_or_rpm": stated.no_other_monitoring,
                "no_home_health": stated.no_home_health,
                "recorded_at": instant_words(stated.recorded_at),
                "recorded_by": person_words(stated.by),
            },
        )


def _coverages(subject: Subject, charge: Charge) -> Iterator[Entry]:
    day = charge.date_of_service
    rows = Coverage.objects.filter(
        practice_id=subject.practice_id, patient_id=subject.episode.patient_id, starts_on__lte=day
    ).select_related("payer")
    for each in rows.order_by("starts_on", "recorded_at", "pk"):
        if each.ends_on is not None and each.ends_on < day:
            continue
        yield Entry(
            12,
            "coverage",
            str(each.pk),
            {
                "payer": each.payer.name,
                "status": each.status,
                "covered_from": day_words(each.covered_from),
                "from": day_words(each.starts_on),
                "to": day_words(each.ends_on),
                "evidence": each.evidence,
                "checked_on": day_words(each.checked_on),
                "recorded_at": instant_words(each.recorded_at),
            },
        )
    if charge.payer_id is None:
        return
    policies = PayerPolicy.objects.filter(
        practice_id=subject.practice_id, payer_id=charge.payer_id, starts_on__lte=day
    )
    for policy in policies.order_by("starts_on", "pk"):
        yield Entry(
            12,
            "payer policy",
            str(policy.pk),
            {
                "from": day_words(policy.starts_on),
                "live_contact_rule": policy.live_contact_rule,
                "covered_codes": policy.covered_codes,
                "source": policy.source,
            },
        )
