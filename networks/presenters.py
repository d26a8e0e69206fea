"""How the audit log and the people of a home are put into words; no queries, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from networks.audit_wording import BY_PEOPLE, detail_words
from networks.local_days import local_date, zone_named
from networks.models import AuditEntry, RoleAssignment
from networks.role_words import role_words
from networks.selectors import Colleague

FAMILIES = (
    ("", "All"),
    (BY_PEOPLE, "By people"),
    ("patient", "Patients"),
    ("consent", "Consent"),
    ("alert", "Alerts"),
    ("text", "Texts"),
    ("time", "Time"),
    ("month", "Closed months"),
    ("packet", "Packets"),
    ("charges", "Charges out"),
    ("role", "Roles"),
    ("membership", "Membership"),
)
_ACTS = {
    "patient.viewed": "Looked at a patient",
    "patient.registered": "Registered a patient",
    "phone.added": "Added a phone number",
    "episode.opened": "Opened an episode",
    "episode.ended": "Ended an episode",
    "plan_of_care.recorded": "Recorded a plan of care",
    "plan_of_care.certified": "Noted that a plan of care was certified",
    "plan_of_care.voided": "Took a plan of care back",
    "attestation.recorded": "Noted what was said about other services",
    "exclusion.recorded": "Recorded an exclusion",
    "exclusion.ended": "Ended an exclusion",
    "exclusion.voided": "Took an exclusion back",
    "set_up.corrected": "Corrected a set-up",
    "device_determination.ended": "Ended a device determination",
    "monitoring.began": "Began monitoring",
    "plan.started": "Started check-ins",
    "join.asked": "Asked by the keyword to be enrolled",
    "join.enrolled": "Enrolled somebody who had texted the keyword",
    "join.set_aside": "Set a request to be enrolled aside",
    "join.brought_back": "Brought a request to be enrolled back",
    "consent.given": "Recorded consent",
    "consent.withdrawn": "Recorded that consent was withdrawn",
    "consent.link_made": "Made a web link to ask for consent",
    "consent.link_answered": "Answered by the web link that asks for consent",
    "alert.acknowledged": "Acknowledged an alert",
    "alert.closed": "Closed an alert",
    "alert.handed_back": "Handed an alert back",
    "patient.snoozed": "Set a patient aside until a date",
    "patient.snooze_ended": "Brought a patient back before the date",
    "stranger.put_aside": "Put a text from an unknown number aside",
    "stranger.put_back": "Put a text from an unknown number back",
    "text.corrected": "Corrected what was read from a text",
    "milestone.recorded": "Recorded a milestone",
    "activity.set": "Set the activity that a patient is asked about",
    "milestone.voided": "Took a milestone back",
    "drill.started": "Started a drill",
    "drill.weekly_set": "Set the weekly drill",
    "drill.acknowledged": "Answered a drill",
    "drill.ended": "Ended a drill",
    "danger_wordings.signed": "Signed for danger signs and replies",
    "rota.shift_added": "Put somebody on call",
    "rota.shift_removed": "Took somebody off the rota",
    "rota.cover_set": "Set office hours, backup and owner",
    "rota.mobile_set": "Set a number for pages",
    "rota.mobile_removed": "Took a number for pages away",
    "text.written": "Wrote to a patient",
    "protocol.revised": "Changed a protocol",
    "protocol.followed": "Moved running episodes to a protocol's new version",
    "sender.added": "Entered a number to text from",
    "sender.paused": "Paused a number",
    "sender.resumed": "Let a number send",
    "sender.token_changed": "Changed a number's token",
    "sender.campaign_recorded": "Noted a number's campaign",
    "phone.replaced": "Changed a patient's number",
    "link.sent": "Sent the link to a check-in",
    "plan.way_changed": "Changed how a patient is asked",
    "text.read": "Read a text",
    "day.planned": "Planned the day's check-ins",
    "set_up.recorded": "Recorded a set-up",
    "coverage.recorded": "Recorded coverage",
    "coverage.ended": "Ended coverage",
    "device_determination.recorded": "Recorded a device determination",
    "reading.chosen": "Chose how a disputed rule is read",
    "rule_set.approved": "Approved a rule set",
    "billing_provider.recorded": "Recorded as whom the practice bills",
    "practice_fees.recorded": "Recorded the practice's fees",
    "payer_number.recorded": "Recorded a payer's number",
    "claim_details.recorded": "Recorded diagnoses for claims",
    "fee_locality.recorded": "Recorded the locality for estimates",
    "billing_file.begun": "Began to take a file of the billing board",
    "billing_file.sent": "Took a file of the billing board",
    "time.logged": "Logged time",
    "time.voided": "Took a time entry back",
    "month.certified": "Certified a month",
    "month.amended": "Amended a certified month",
    "packet.taken": "Took an audit packet",
    "charges.exported": "Exported charges",
    "charges.taken": "Took a file of charges again",
    "clinician.added": "Added a clinician",
    "role.assigned": "Gave a role",
    "role.ended": "Ended a role",
    "invitation.sent_again": "Sent an invitation again",
    "clinician.joined_to_account": "Gave a clinician's record to an account",
    "practice.founded": "Founded the practice",
    "practice.texting_hours_set": "Set the texting hours",
    "network.founded": "Founded the network",
    "membership.began": "Began a membership",
    "membership.ended": "Ended a membership",
}


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit log."""

    at: datetime
    act: str
    who: str
    patient_id: UUID | None
    details: str

    @property
    def patient_mark(self) -> str:
        """The end of the patient's id, enough to tell two apart."""
        return f"…{str(self.patient_id)[-8:]}" if self.patient_id else ""


def audit_rows(entries: Sequence[AuditEntry], *, names: Mapping[UUID, str]) -> list[AuditRow]:
    """Return entries in words; `names` are those of who acted and of whom the details name."""
    return [
        AuditRow(
            at=each.recorded_at,
            act=_ACTS.get(each.action, each.action.replace(".", ": ").replace("_", " ").capitalize()),
            who=names.get(each.user_id, "somebody") if each.user_id else f"Daybook ({each.system})",
            patient_id=each.patient_id,
            details=detail_words(each.details, names=names),
        )
        for each in entries
    ]


@dataclass(frozen=True)
class RoleRow:
    """One role: what it is called, since when, until when."""

    id: UUID
    words: str
    since: str
    until: str
    is_present: bool


@dataclass(frozen=True)
class PersonRow:
    """Somebody with their roles and what is known of their sign-in."""

    id: UUID
    name: str
    email: str
    is_me: bool
    present: list[RoleRow]
    past: list[RoleRow]
    sign_in: str
    tone: str
    second_step: str
    may_be_reminded: bool


def person_row(
    colleague: Colleague, *, me: UUID | None, zone: str, link_days: int, now: datetime
) -> PersonRow:
    """Return somebody in words; what Daybook knows of them from elsewhere stays unsaid until they sign in here."""
    present = colleague.present(at=now)
    words, tone = _sign_in(colleague, zone=zone, link_days=link_days, now=now)
    return PersonRow(
        id=colleague.id,
        name=colleague.name,
        email=colleague.email,
        is_me=colleague.id == me,
        present=[_role_row(each, zone, is_present=True) for each in present],
        past=[_role_row(each, zone, is_present=False) for each in colleague.roles if each not in present],
        sign_in=words,
        tone=tone,
        second_step=_second_step(colleague),
        may_be_reminded=bool(present) and not colleague.has_arrived,
    )


def _sign_in(colleague: Colleague, *, zone: str, link_days: int, now: datetime) -> tuple[str, str]:
    if colleague.has_arrived:
        return "Has signed in", "done"
    if colleague.mailed_at is None:
        was_invited = any(each.invited_name for each in colleague.roles)
        return ("Mail has not left", "attention") if was_invited else ("Not signed in yet", "")
    if now - colleague.mailed_at > timedelta(days=link_days):
        return "Link is over", "attention"
    return f"Invited {_day(colleague.mailed_at, zone)}", "accent"


def _second_step(colleague: Colleague) -> str:
    if not colleague.has_arrived:
        return ""
    return "On" if colleague.has_second_step else "Not set up"


def _role_row(assignment: RoleAssignment, zone: str, *, is_present: bool) -> RoleRow:
    # A role that ends with a day ends as the next one begins.
    ends = assignment.ends_at
    last = ends - timedelta(microseconds=1) if ends and is_present else ends
    return RoleRow(
        id=assignment.pk,
        words=role_words(assignment.role),
        since=_day(assignment.starts_at, zone),
        until=_day(last, zone) if last else "",
        is_present=is_present,
    )


def _day(instant: datetime, zone: str) -> str:
    day = local_date(instant, zone_named(zone))
    return f"{day.day} {day:%b %Y}"
