"""Parts 1, 10, 13 and 14 of a packet: the line and its rules, modifiers, the certification, the event trail."""

from collections.abc import Iterator

from billing.certification_statements import STATEMENTS
from billing.code_set import Family
from billing.models import Certification, Charge
from billing.packets.sealed_file import Entry
from billing.services.document_json import document_as_json
from billing.services.packet_subject import Subject, clinician_data, day_words, instant_words, plain_words
from networks.models import AuditEntry, Payer, Seal
from networks.selectors import names_of


def record_entries(subject: Subject, charge: Charge) -> Iterator[Entry]:
    """The entries of these parts; five queries."""
    yield from _line(subject, charge)
    yield from _modifiers(subject, charge)
    yield from _certifications(subject)
    yield from _trail(subject)


def _line(subject: Subject, charge: Charge) -> Iterator[Entry]:
    patient, certification = subject.episode.patient, subject.certification
    frozen = next(each for each in certification.lines if each["charge"] == str(charge.pk))
    code_set = subject.live.code_set
    rules, family = code_set.on(charge.date_of_service), code_set.family_of(charge.code)
    payer = Payer.objects.get(pk=charge.payer_id) if charge.payer_id else None
    yield Entry(
        1,
        "charge",
        charge.reference,
        {
            "record": str(charge.pk),
            "claim": certification.claim,
            "code": charge.code,
            "meaning": next(each.meaning for each in code_set.codes if each.code == charge.code),
            "units": charge.units,
            "modifiers": charge.modifiers,
            "date_of_service": day_words(charge.date_of_service),
            "covers_from": day_words(charge.covers_from),
            "covers_to": day_words(charge.covers_to),
            "rule_set": rules.id if rules else None,
            "date_of_service_policy": "set-up date" if family is Family.SETUP else "last day",
            "engine": certification.engine,
            "facts_digest": certification.facts_digest,
            "reasons": frozen["reasons"],
        },
    )
    yield Entry(
        1,
        "patient",
        str(patient.pk),
        {
            "name": patient.full_name,
            "birth_date": day_words(patient.birth_date),
            "record_number": patient.record_number,
            "practice": subject.episode.practice.name,
            "payer": payer.name if payer else None,
        },
    )
    for number, document in enumerate(subject.live.case.documents(), start=1):
        # What `manage.py decide_billing` takes: anybody can decide again from these very inputs.
        yield Entry(1, "inputs", str(number), document_as_json(document))


def _modifiers(subject: Subject, charge: Charge) -> Iterator[Entry]:
    months = [each for each in subject.live.decision.months if each.span.first == charge.covers_from]
    yield Entry(
        10,
        "worksheet",
        "",
        {
            "modifiers": charge.modifiers,
            "discipline": subject.episode.discipline,
            "assistant_seconds": months[0].pta_seconds if months else None,
            "all_seconds": months[0].seconds if months else None,
            "assistant_rule": "More than 10 % of the time by the assistant adds the assistant's modifier.",
            "therapy_threshold": "KX is decided in the practice's billing system: Daybook does not see all claims.",
        },
    )


def _certifications(subject: Subject) -> Iterator[Entry]:
    """This certification and those of the month before it; what comes later stands in later packets."""
    rows = Certification.objects.filter(
        practice_id=subject.practice_id,
        episode=subject.episode,
        month=subject.certification.month,
        version__lte=subject.certification.version,
    ).select_related("clinician", "by")
    for each in rows.order_by("version"):
        yield Entry(
            13,
            "certification",
            str(each.pk),
            {
                "month": each.month.isoformat()[:7],
                "version": each.version,
                "certified_by": clinician_data(each.clinician),
                "signed_in_as": each.by.name,
                "certified_at": instant_words(each.recorded_at),
                "statement_version": each.statement_version,
                "statement": STATEMENTS[each.statement_version],
                "reason_of_amendment": plain_words(each.reason) or None,
                "digest": each.digest,
                "lines_digest": each.lines_digest,
                "facts_digest": each.facts_digest,
                "previous_digest": each.previous_digest,
            },
        )


def _trail(subject: Subject) -> Iterator[Entry]:
    """Acts about the patient in order, looks left out; then the newest seal over the practice's facts."""
    rows = AuditEntry.objects.filter(
        practice_id=subject.practice_id,
        patient_id=subject.episode.patient_id,
        recorded_at__lte=subject.now,
    ).exclude(action="patient.viewed")
    acts = list(rows.order_by("recorded_at", "pk"))
    names = names_of([each.user_id for each in acts if each.user_id])
    for each in acts:
        who = names.get(each.user_id, "") if each.user_id else f"Daybook ({each.system})"
        yield Entry(
            14,
            "event",
            str(each.pk),
            {
                "at": instant_words(each.occurred_at),
                "recorded_at": instant_words(each.recorded_at),
                "act": each.action,
                "by": who,
                "record": None if each.subject_id is None else str(each.subject_id),
            },
        )
    seal = Seal.objects.filter(practice_id=subject.practice_id).order_by("-number").first()
    yield Entry(
        14,
        "seal",
        str(seal.number) if seal else "",
        {
            "root": bytes(seal.root).hex() if seal else None,
            "signature": bytes(seal.signature).hex() if seal else None,
            "key_id": seal.key_id if seal else None,
            "sealed_at": instant_words(seal.sealed_at) if seal else None,
            "words": "The newest signed seal over all facts of the practice when this was certified.",
        },
    )
