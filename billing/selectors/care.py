"""What the page of care records shows: the records of one episode, and which gates they open today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from billing.care_gates import CareGate, gates_on
from billing.models import Attestation, ClaimDetails, Coverage, DeviceDetermination, Exclusion, SetUp
from billing.selectors.claims import claim_details_of
from billing.services.documents import assemble, load_episodes
from billing.services.rules_in_force import rules_in_force
from networks.local_days import local_date, zone_named
from networks.models import Payer
from patients.models import Episode, Patient, PlanOfCare


@dataclass(frozen=True)
class CareFile:
    """Everything on record about one episode's gates, newest first; taken-back rows included."""

    episode: Episode
    episodes: Sequence[Episode]
    today: date
    gates: Sequence[CareGate]
    plans: Sequence[PlanOfCare]
    set_ups: Sequence[SetUp]
    exclusions: Sequence[Exclusion]
    attestations: Sequence[Attestation]
    coverages: Sequence[Coverage]
    claim_details: Sequence[ClaimDetails]


def episodes_of(patient: Patient) -> list[Episode]:
    """Return a patient's episodes, the latest first; one query."""
    rows = Episode.objects.filter(practice_id=patient.practice_id, patient_id=patient.pk)
    return list(rows.select_related("clinician", "practice", "patient").order_by("-starts_on", "-id"))


def care_file(episodes: Sequence[Episode], *, chosen: str | None, now: datetime) -> CareFile | None:
    """Return the records of the chosen episode, else of the latest; None without any; eighteen queries.

    Http404 for an id that names none of them.
    """
    if not episodes:
        return None
    found = [each for each in episodes if chosen is None or str(each.pk) == chosen]
    if not found:
        raise Http404
    episode = found[0]
    keys = {"practice_id": episode.practice_id, "episode_id": episode.pk}
    today = local_date(now, zone_named(episode.patient.time_zone))
    return CareFile(
        episode=episode,
        episodes=episodes,
        today=today,
        gates=_gates(episode, today=today),
        plans=list(PlanOfCare.objects.filter(**keys, voids=None).order_by("-starts_on", "-pk")),
        set_ups=list(SetUp.objects.filter(**keys).select_related("taught_by").order_by("-recorded_at")),
        exclusions=list(Exclusion.objects.filter(**keys, voids=None).order_by("-starts_on", "-pk")),
        attestations=list(
            Attestation.objects.filter(**keys).select_related("by").order_by("-said_on", "-pk")
        ),
        coverages=list(
            Coverage.objects.filter(practice_id=episode.practice_id, patient_id=episode.patient_id)
            .select_related("payer")
            .order_by("-starts_on", "-recorded_at")
        ),
        claim_details=claim_details_of(episode),
    )


def reasons_taken_back(file: CareFile) -> dict[UUID, str]:
    """Return why each span and exclusion was taken back, by the id of what was; two queries."""
    keys = {"practice_id": file.episode.practice_id, "episode_id": file.episode.pk, "voids__isnull": False}
    rows = [
        *PlanOfCare.objects.filter(**keys).values_list("voids_id", "reason"),
        *Exclusion.objects.filter(**keys).values_list("voids_id", "reason"),
    ]
    return {voided: reason for voided, reason in rows if voided is not None}


def _gates(episode: Episode, *, today: date) -> tuple[CareGate, ...]:
    rows = load_episodes([episode.pk], practice_id=episode.practice_id, locked=False)
    chosen = [each for each in rows if each.id == episode.pk]
    cases = assemble(
        chosen, earlier={episode.pk: ()}, as_of={episode.pk: today}, practice_id=episode.practice_id
    )
    case = cases[episode.pk]
    day = max(today, episode.starts_on)
    standing = next(each.standing for each in case.periods if each.holds(day))
    document = replace(
        case.document,
        consent=standing.consent,
        payer=standing.payer,
        device_determination=standing.device_determination,
    )
    return gates_on(day, document=document, code_set=rules_in_force().code_set)


def payers() -> list[tuple[UUID, str]]:
    """Return the payers to choose from, by name; one query."""
    return list(Payer.objects.order_by("name").values_list("pk", "name"))


def payer_with(payer_id: UUID) -> Payer | None:
    """Return a payer of the directory; one query."""
    return Payer.objects.filter(pk=payer_id).first()


def determinations_of(practice_id: UUID) -> list[DeviceDetermination]:
    """Return a practice's device determinations, the latest first; one query."""
    rows = DeviceDetermination.objects.filter(practice_id=practice_id)
    return list(rows.order_by("-starts_on", "-pk"))


def has_set_up(episode: Episode) -> bool:
    """Tell whether a set-up of the episode is on file; one query."""
    return SetUp.objects.filter(practice_id=episode.practice_id, episode=episode).exists()
