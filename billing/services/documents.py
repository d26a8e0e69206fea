"""The facts of many episodes as documents for the rules, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from billing import document as facts
from billing.code_set import CODE_SET, CodeSet
from billing.models import DecidedLine, EpisodeWindow, Exclusion, SetUp, TimeEntry
from billing.services import gate_facts
from billing.services.deciding import Case
from billing.services.rules_in_force import later_rules_exist
from checkins.models import Reading
from networks.local_days import zone_named
from patients.models import Episode, PlanOfCare


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode with the zones that its dates need."""

    id: UUID
    patient_id: UUID
    starts_on: date
    ends_on: date | None
    discipline: str
    patient_zone: str
    clinic_zone: str
    has_later_rules: bool


def load_episodes(episode_ids: Iterable[UUID], *, practice_id: UUID, locked: bool = True) -> list[EpisodeRow]:
    """All episodes of the patients of these episodes, by patient and start; one query.

    The lock makes two decisions about one patient wait for each other; who only refers to the episode, such
    as a reply, does not wait. Who writes nothing needs none.
    """
    chosen = Episode.objects.filter(practice_id=practice_id, pk__in=list(episode_ids))
    rows = Episode.objects.filter(practice_id=practice_id, patient_id__in=chosen.values("patient_id"))
    if locked:
        rows = rows.select_for_update(of=("self",), no_key=True)
    fields = (
        "starts_on",
        "ends_on",
        "discipline",
        "patient__time_zone",
        "practice__time_zone",
        "later_rules",
    )
    ordered = rows.annotate(later_rules=later_rules_exist()).order_by("patient_id", "starts_on", "pk")
    return [EpisodeRow(*row) for row in ordered.values_list("pk", "patient_id", *fields)]


def assemble(
    episodes: Sequence[EpisodeRow],
    *,
    earlier: Mapping[UUID, Sequence[UUID]],
    as_of: Mapping[UUID, date],
    practice_id: UUID,
    code_set: CodeSet = CODE_SET,
) -> dict[UUID, Case]:
    """One case for each episode, by its id: ten queries, one fewer where none has earlier episodes.

    `earlier` names the earlier episodes of the same patient; `as_of` the clinic's date to judge by.
    """
    ids = [each.id for each in episodes]
    plans = _plans_of_care(ids, practice_id=practice_id)
    set_ups = _set_ups(ids, practice_id=practice_id)
    exclusions = _exclusions(ids, practice_id=practice_id)
    prior_windows = _prior_windows(earlier, practice_id=practice_id, code_set=code_set)
    readings = _readings(ids, practice_id=practice_id)
    entries = _time_entries(ids, practice_id=practice_id)
    gates = gate_facts.load([each.patient_id for each in episodes], practice_id=practice_id)
    return {
        each.id: Case(
            document=facts.Document(
                as_of=as_of[each.id],
                patient_time_zone=zone_named(each.patient_zone),
                clinic_time_zone=zone_named(each.clinic_zone),
                episode=_episode(each),
                consent=None,
                plans_of_care=tuple(plans[each.id]),
                setup=set_ups.get(each.id),
                setup_already_billed=False,
                device_determination=False,
                payer=gate_facts.UNKNOWN_PAYER,
                exclusions=tuple(exclusions[each.id]),
                prior_windows=tuple(prior_windows[each.id]),
                readings=tuple(readings[each.id]),
                time_entries=tuple(entries[each.id]),
            ),
            periods=gates.periods(
                each.patient_id,
                zone=zone_named(each.patient_zone),
                first=each.starts_on,
                last=max(each.starts_on, min(as_of[each.id], each.ends_on or as_of[each.id])),
            ),
        )
        for each in episodes
    }


def _episode(row: EpisodeRow) -> facts.Episode:
    return facts.Episode(
        id=str(row.id),
        dates=facts.DateRange(row.starts_on, row.ends_on),
        discipline=facts.Discipline(row.discipline),
        # Every condition that an episode can name lies in the musculoskeletal system.
        condition=facts.Condition.MUSCULOSKELETAL,
    )


def _plans_of_care(ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[facts.PlanOfCare]]:
    found: defaultdict[UUID, list[facts.PlanOfCare]] = defaultdict(list)
    rows = PlanOfCare.objects.standing().filter(practice_id=practice_id, episode_id__in=ids)
    for plan_id, episode, first, last, names_rtm in rows.order_by("starts_on", "pk").values_list(
        "pk", "episode_id", "starts_on", "ends_on", "names_rtm"
    ):
        found[episode].append(facts.PlanOfCare(facts.DateRange(first, last), names_rtm, str(plan_id)))
    return found


def _set_ups(ids: Sequence[UUID], *, practice_id: UUID) -> dict[UUID, facts.SetUp]:
    rows = (
        SetUp.objects.standing()
        .filter(practice_id=practice_id, episode_id__in=ids)
        .values_list("episode_id", "completed_on", "pt_minutes", "pta_minutes")
    )
    return {episode: facts.SetUp(completed_on, pt, pta) for episode, completed_on, pt, pta in rows}


def _exclusions(ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[facts.Exclusion]]:
    found: defaultdict[UUID, list[facts.Exclusion]] = defaultdict(list)
    rows = Exclusion.objects.standing().filter(practice_id=practice_id, episode_id__in=ids)
    for episode, kind, first, last in rows.order_by("starts_on", "pk").values_list(
        "episode_id", "kind", "starts_on", "ends_on"
    ):
        found[episode].append(facts.Exclusion(facts.ExclusionKind(kind), facts.DateRange(first, last)))
    return found


def _prior_windows(
    earlier: Mapping[UUID, Sequence[UUID]], *, practice_id: UUID, code_set: CodeSet
) -> Mapping[UUID, list[facts.PriorWindow]]:
    """The windows of earlier episodes for which a device code is or may be billed: no refused ones."""
    found: defaultdict[UUID, list[facts.PriorWindow]] = defaultdict(list)
    owners = {each for ids in earlier.values() for each in ids}
    if not owners:
        return found
    lines = DecidedLine.objects.filter(
        practice_id=practice_id,
        episode_id=OuterRef("episode_id"),
        code__in=code_set.device_codes,
        date_of_service__range=(OuterRef("starts_on"), OuterRef("ends_on")),
    ).exclude(status=DecidedLine.Status.REFUSED)
    windows: defaultdict[UUID, list[facts.PriorWindow]] = defaultdict(list)
    rows = EpisodeWindow.objects.filter(Exists(lines), practice_id=practice_id, episode_id__in=owners)
    for episode, first, last in rows.order_by("starts_on").values_list("episode_id", "starts_on", "ends_on"):
        windows[episode].append(facts.PriorWindow(first, last))
    for episode, ids in earlier.items():
        found[episode] = [window for each in ids for window in windows[each]]
    return found


def _readings(ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[facts.Reading]]:
    found: defaultdict[UUID, list[facts.Reading]] = defaultdict(list)
    sources = {each.value: each for each in facts.ReadingSource}
    rows = Reading.objects.filter(practice_id=practice_id, episode_id__in=ids).order_by("received_at", "pk")
    for reading_id, episode, at, source in rows.values_list("pk", "episode_id", "received_at", "source"):
        found[episode].append(facts.Reading(_whole(at), sources[source], str(reading_id)))
    return found


def _time_entries(ids: Sequence[UUID], *, practice_id: UUID) -> Mapping[UUID, list[facts.TimeEntry]]:
    """Every entry that is not itself a taking-back, those taken back marked as voided."""
    found: defaultdict[UUID, list[facts.TimeEntry]] = defaultdict(list)
    rows = TimeEntry.objects.filter(practice_id=practice_id, episode_id__in=ids, voids=None)
    for row in rows.order_by("started_at", "pk").values_list(
        "episode_id",
        "started_at",
        "ended_at",
        "credential",
        "activity",
        "live_contact",
        "in_billed_visit",
        "pk",
        F("voided_by__pk"),
    ):
        episode, started_at, ended_at, credential, activity, live, in_visit, entry_id, voided_by = row
        entry = facts.TimeEntry(
            started_at=_whole(started_at),
            ended_at=_whole(ended_at),
            credential=facts.Credential(credential),
            activity=facts.Activity(activity),
            live_contact=live,
            in_billed_visit=in_visit,
            voided=voided_by is not None,
            id=str(entry_id),
        )
        found[episode].append(entry)
    return found


def _whole(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)
