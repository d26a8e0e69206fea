"""A month to be closed: its patients by where they stand, and the lines of those on one page."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from billing.closing_groups import ORDER, Group, group_of
from billing.models import Certification, DecidedLine, LateFinding, Packet
from networks.models import AuditEntry
from patients.models import Episode

# Acts that change no fact of a month.
_NO_FACTS = ("patient.viewed", "text.read", "packet.taken", "month.certified", "month.amended")
_MOST_ACTS = 40


@dataclass(frozen=True)
class MonthOfEpisode:
    """One patient's month: the lines shown, who certified it, what the rules would say now."""

    episode: Episode
    group: Group
    lines: Sequence[DecidedLine]
    certification: Certification | None = None
    late: Sequence[dict[str, Any]] = ()
    packets: Mapping[UUID, UUID] = field(default_factory=dict)


@dataclass(frozen=True)
class MonthList:
    """The month's episodes in the order of the page, and how many stand in each group."""

    ordered: Sequence[tuple[UUID, Group]]
    counts: Mapping[Group, int]


def month_list(practice_id: UUID, *, month: date, clinician_id: UUID | None = None) -> MonthList:
    """Every episode with a line in the month that begins on a date, exceptions first; three queries."""
    rows = DecidedLine.objects.filter(practice_id=practice_id, date_of_service__range=(month, _last(month)))
    if clinician_id:
        rows = rows.filter(episode__clinician_id=clinician_id)
    statuses: defaultdict[UUID, list[str]] = defaultdict(list)
    # By name: the same order in which the page shows the patients of one group.
    for episode, status in rows.order_by(
        "episode__patient__family_name", "episode__patient__given_name", "episode_id"
    ).values_list("episode_id", "status"):
        statuses[episode].append(status)
    certified, late = _certified(practice_id, month, clinician_id), _late(practice_id, month, clinician_id)
    for each in sorted((certified | late) - statuses.keys()):
        statuses[each] = []
    groups = {
        each: group_of(found, is_certified=each in certified, is_late=each in late)
        for each, found in statuses.items()
    }
    ordered = sorted(groups.items(), key=lambda each: ORDER.index(each[1]))
    return MonthList(ordered, Counter(groups.values()))


def _certified(practice_id: UUID, month: date, clinician_id: UUID | None) -> set[UUID]:
    rows = Certification.objects.filter(practice_id=practice_id, month=month)
    if clinician_id:
        rows = rows.filter(episode__clinician_id=clinician_id)
    return set(rows.values_list("episode_id", flat=True))


def _late(practice_id: UUID, month: date, clinician_id: UUID | None) -> set[UUID]:
    rows = LateFinding.objects.filter(practice_id=practice_id, month=month)
    if clinician_id:
        rows = rows.filter(episode__clinician_id=clinician_id)
    return set(rows.values_list("episode_id", flat=True))


def months_of_episodes(
    practice_id: UUID, listed: Sequence[tuple[UUID, Group]], *, month: date
) -> list[MonthOfEpisode]:
    """The listed episodes with their lines, in the order given; five queries."""
    ids = [episode for episode, _ in listed]
    episodes = Episode.objects.filter(practice_id=practice_id, pk__in=ids).select_related(
        "patient", "clinician"
    )
    by_id = {each.pk: each for each in episodes}
    lines: defaultdict[UUID, list[DecidedLine]] = defaultdict(list)
    for line in (
        DecidedLine.objects.filter(
            practice_id=practice_id, episode_id__in=ids, date_of_service__range=(month, _last(month))
        )
        .select_related("charge")
        .order_by("position")
    ):
        lines[line.episode_id].append(line)
    certifications = newest_versions(practice_id, ids, month=month)
    late = dict(
        LateFinding.objects.filter(practice_id=practice_id, episode_id__in=ids, month=month).values_list(
            "episode_id", "lines"
        )
    )
    charges = [each.charge_id for found in lines.values() for each in found if each.charge_id]
    packets = dict(
        Packet.objects.filter(practice_id=practice_id, charge_id__in=charges).values_list("charge_id", "pk")
    )
    return [
        MonthOfEpisode(
            by_id[episode],
            group,
            lines[episode],
            certifications.get(episode),
            late.get(episode, ()),
            packets,
        )
        for episode, group in listed
    ]


def newest_versions(
    practice_id: UUID, episode_ids: Sequence[UUID], *, month: date
) -> dict[UUID, Certification]:
    """The newest certification of the month by episode; one query."""
    rows = Certification.objects.filter(practice_id=practice_id, episode_id__in=episode_ids, month=month)
    return {each.episode_id: each for each in rows.select_related("clinician").order_by("version")}


def months_with_lines(practice_id: UUID) -> list[date]:
    """The first days of the months in which lines have their date of service, newest first; one query."""
    rows = DecidedLine.objects.filter(practice_id=practice_id)
    return list(rows.dates("date_of_service", "month", order="DESC"))


def acts_since(certification: Certification) -> list[AuditEntry]:
    """What was recorded about the patient after a certification, newest first, no looks and texts; one query."""
    rows = AuditEntry.objects.filter(
        practice_id=certification.practice_id,
        patient_id=certification.episode.patient_id,
        recorded_at__gt=certification.recorded_at,
    ).exclude(action__in=_NO_FACTS)
    return list(rows.order_by("-recorded_at", "-pk")[:_MOST_ACTS])


def is_newest(certification: Certification) -> bool:
    """Whether no later version of its month stands; one query."""
    later = Certification.objects.filter(
        practice_id=certification.practice_id,
        episode_id=certification.episode_id,
        month=certification.month,
        version__gt=certification.version,
    )
    return not later.exists()


def _last(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
