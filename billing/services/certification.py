"""Closing a month: a clinician certifies its lines, which locks them; a later change is a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from billing.certification_statements import STATEMENTS
from billing.models import Certification, Charge
from billing.services import certified_rows, locked_months
from billing.services.certified_rows import Act
from billing.services.decisions import refresh
from billing.services.given_values import fits
from billing.services.live_decisions import LiveEpisode, decide_live
from networks import audit
from networks.actors import Actor
from networks.canonical_json import digest_of
from networks.errors import Conflict, DomainError, NotAllowed
from networks.local_days import local_date, zone_named
from networks.models import Clinician, Practice, RoleAssignment
from networks.permissions import Permission, Role, permissions_of
from networks.selectors import clinician_of

# As many patients as one page shows; more would hold their rows for too long (our choice).
MOST_AT_ONCE = 100
_CHANGED = "Its lines changed since you looked: load the page and review it again."


@dataclass(frozen=True)
class Reviewed:
    """An episode whose month somebody looked at; `seen` is the digest of the lines shown."""

    episode_id: UUID
    seen: str


@dataclass(frozen=True)
class Outcome:
    """What became of a review: certified now, certified before just so, and refused with a sentence each."""

    certified: tuple[UUID, ...]
    standing: tuple[UUID, ...]
    refused: tuple[tuple[UUID, str], ...]


def seen_digest(lines: Sequence[locked_months.Shape]) -> str:
    """The digest of lines as somebody looked at them: code, units, date, modifiers, state and reasons."""
    keys = ("code", "units", "date_of_service", "modifiers", "status", "reasons")
    return digest_of([{key: each[key] for key in keys} for each in lines])


def certify(
    reviewed: Sequence[Reviewed],
    *,
    practice_id: UUID,
    month: date,
    statement_version: str,
    actor: Actor,
    now: datetime,
) -> Outcome:
    """Certify a month, named by its first day, of several episodes; what cannot be certified is left with a reason.

    A second click finds them certified and writes nothing. NotAllowed for anybody but a therapist of the
    practice; DomainError for a month that is not over, too many at once, or a wording that does not exist.
    """
    if len(reviewed) > MOST_AT_ONCE:
        raise DomainError(f"Certify at most {MOST_AT_ONCE} patients at once.")
    if statement_version not in STATEMENTS:
        raise DomainError("The statement changed: load the page again and read it.")
    with transaction.atomic():
        clinician, person = _certifier(practice_id, actor=actor, now=now)
        _check_is_over(month, practice_id=practice_id, now=now)
        _take_turn(practice_id)
        found = decide_live([each.episode_id for each in reviewed], practice_id=practice_id, now=now)
        locked = locked_months.load(found, practice_id=practice_id)
        standing, refused, acts = [], [], []
        for each in reviewed:
            live = found.get(each.episode_id)
            if live is None:
                refused.append((each.episode_id, "There is no such episode in this practice."))
                continue
            before = locked.get(each.episode_id, {}).get(month)
            if before is not None:
                is_same = seen_digest(_as_decided(before.lines)) == each.seen
                standing.append(each.episode_id) if is_same else refused.append(
                    (each.episode_id, "This month is certified and locked: amend it instead.")
                )
                continue
            problem = _problem(live, month=month, seen=each.seen)
            if problem:
                refused.append((each.episode_id, problem))
                continue
            acts.append(Act(live, month, clinician, actor, person, statement_version, now))
        kept, certified = _write(acts, practice_id=practice_id)
        return Outcome(tuple(certified), tuple(standing), (*refused, *kept))


def amend(
    certification: Certification,
    *,
    seen: str,
    reason: str,
    statement_version: str,
    actor: Actor,
    now: datetime,
) -> Certification:
    """Certify a locked month anew from today's facts: what no longer stands is taken back, the rest stays.

    Raises DomainError without a reason, Conflict when nothing differs, when somebody amended it meanwhile or
    when the lines are not those that were looked at.
    """
    if not reason.strip():
        raise DomainError("Say why the month is amended.", field="reason")
    fits(reason, field="reason", longest=300)
    if statement_version not in STATEMENTS:
        raise DomainError("The statement changed: load the page again and read it.")
    practice_id, month = certification.practice_id, certification.month
    with transaction.atomic():
        clinician, person = _certifier(practice_id, actor=actor, now=now)
        _take_turn(practice_id)
        live = decide_live([certification.episode_id], practice_id=practice_id, now=now)[
            certification.episode_id
        ]
        locked = locked_months.load([live.row.id], practice_id=practice_id)[live.row.id]
        before = locked[month]
        if before.certification != certification.pk:
            raise Conflict("Somebody amended this month meanwhile: look at the newer version.")
        if not any(locked_months.late_rows(live.decision, locked={month: before})):
            raise Conflict("Nothing differs from what was certified: there is nothing to amend.")
        if seen_digest(locked_months.shapes_by_month(live.decision).get(month, [])) != seen:
            raise Conflict(_CHANGED)
        act = Act(live, month, clinician, actor, person, statement_version, now, reason.strip(), before)
        refused, _ = _write([act], practice_id=practice_id)
        if refused:
            raise DomainError(refused[0][1])
    return Certification.objects.get(
        practice_id=practice_id, episode_id=live.row.id, month=month, version=before.version + 1
    )


def _write(acts: Sequence[Act], *, practice_id: UUID) -> tuple[list[tuple[UUID, str]], list[UUID]]:
    """Write what was certified, audited, its derived lines brought up to date; return refused and certified."""
    clashes = certified_rows.clashes(acts, practice_id=practice_id)
    allowed = [each for each in acts if each.live.row.id not in clashes]
    entries = []
    for act, certification in zip(
        allowed, certified_rows.write(allowed, practice_id=practice_id), strict=True
    ):
        charges = Charge.objects.filter(practice_id=practice_id, certification=certification)
        entries.append(
            audit.build(
                "month.amended" if act.reason else "month.certified",
                actor=act.actor,
                subject_type="certification",
                subject_id=certification.pk,
                now=act.now,
                practice_id=practice_id,
                patient_id=act.live.row.patient_id,
                details={
                    "month": act.month.isoformat()[:7],
                    "version": certification.version,
                    "charges": charges.filter(kind=Charge.Kind.NEW).count(),
                    "taken back": charges.filter(kind=Charge.Kind.VOID).count(),
                    "digest": certification.digest,
                },
            )
        )
    for entry in entries:
        entry.save(force_insert=True)
    if allowed:
        refresh([each.live.row.id for each in allowed], practice_id=practice_id, now=allowed[0].now)
    return list(clashes.items()), [each.live.row.id for each in allowed]


def _problem(live: LiveEpisode, *, month: date, seen: str) -> str:
    """Why a month cannot be certified; empty when it can."""
    shapes = locked_months.shapes_by_month(live.decision).get(month, [])
    if seen_digest(shapes) != seen:
        return _CHANGED
    if not any(each["status"] == "billable" for each in shapes):
        why = shapes[0]["reasons"][0]["text"] if shapes else "No line has its date of service in this month."
        return f"Nothing in it may be certified. {why}"
    return ""


def _as_decided(lines: Sequence[locked_months.Shape]) -> list[locked_months.Shape]:
    return [
        {**each, "status": "billable" if each["status"] == "certified" else each["status"]} for each in lines
    ]


def _certifier(practice_id: UUID, *, actor: Actor, now: datetime) -> tuple[Clinician, UUID]:
    """The therapist behind the actor and the person's id; assistants and office staff may not certify."""
    person = actor.user_id
    if person is None:
        raise NotAllowed("Months are certified by people.")
    held = RoleAssignment.objects.in_force(now).filter(user_id=person, practice_id=practice_id)
    if Permission.CERTIFY not in permissions_of(Role(each.role) for each in held):
        raise NotAllowed("Months are certified by the practice's therapists.")
    clinician = clinician_of(practice_id, person)
    if clinician is None or not clinician.is_therapist:
        raise NotAllowed(
            "Only a therapist who is listed among the practice's clinicians, with an NPI, may certify."
        )
    return clinician, person


def _check_is_over(month: date, *, practice_id: UUID, now: datetime) -> None:
    if month.day != 1:
        raise DomainError("Name a month.", field="month")
    zone = zone_named(Practice.objects.values_list("time_zone", flat=True).get(pk=practice_id))
    if locked_months.month_of(local_date(now, zone)) <= month:
        raise DomainError("This month is not over yet: certify it from the first day of the next.")


def _take_turn(practice_id: UUID) -> None:
    """Let certifications of one practice come one after the other, so that numbers have no holes or twins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 3))", [f"certify:{practice_id}"])
