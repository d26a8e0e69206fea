"""Protocols: shipped ones are put in place once, practices adopt frozen copies."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from checkins import shipped_protocols
from checkins.cadence import ProtocolError, parse_content
from checkins.models import AdoptedProtocol, Plan, Protocol
from checkins.protocol_lint import lint
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError, NotFound
from networks.models import Practice


def ship() -> None:
    """Put the shipped protocols in place that are missing; content that is out never changes."""
    for each in shipped_protocols.SHIPPED:
        parse_content(each.content)
        Protocol.objects.get_or_create(
            code=each.code, version=each.version, defaults={"title": each.title, "content": each.content}
        )


@dataclass(frozen=True)
class Revision:
    """A changed protocol, and why it was changed."""

    title: str
    content: dict[str, Any]
    reason: str


def revise(protocol: AdoptedProtocol, *, revision: Revision, actor: Actor, now: datetime) -> AdoptedProtocol:
    """Make and return a new version of a practice's protocol; running episodes go on following theirs.

    DomainError names what does not fit; Conflict when nothing changed or somebody was quicker.
    """
    _check(protocol, revision)
    with transaction.atomic():
        practice = Practice.objects.select_for_update().get(pk=protocol.practice_id)
        newest = AdoptedProtocol.objects.filter(practice=practice, code=protocol.code).latest("version")
        if newest.pk != protocol.pk:
            raise Conflict(f"Version {newest.version} was made meanwhile: look at it and change that one.")
        if newest.content == revision.content and newest.title == revision.title:
            raise Conflict("Nothing has changed.")
        made = AdoptedProtocol.objects.create(
            practice=practice,
            code=newest.code,
            version=newest.version + 1,
            title=revision.title.strip(),
            content=revision.content,
            adopted_at=now,
            changed_by_id=actor.user_id,
            change_reason=revision.reason.strip(),
        )
        _record("protocol.revised", made, actor=actor, now=now, details={"version": made.version})
    return made


def _check(protocol: AdoptedProtocol, revision: Revision) -> None:
    if not revision.title.strip() or len(revision.title) > 80:
        raise DomainError("Give it a title of at most 80 letters.", field="title")
    if not revision.reason.strip() or len(revision.reason) > 200:
        raise DomainError("Write in a few words why it changes.", field="reason")
    try:
        content = parse_content(revision.content)
    except ProtocolError as error:
        raise DomainError(str(error)) from error
    practice = Practice.objects.get(pk=protocol.practice_id)
    for finding in lint(content, practice=practice.text_name):
        if finding.must_go:
            raise DomainError(finding.sentence, field=finding.where.replace(".", "_"))


def move_running(protocol: AdoptedProtocol, *, actor: Actor, now: datetime) -> int:
    """Let every running episode on an earlier version follow this one from its next check-in; return how many."""
    with transaction.atomic():
        moved = (
            Plan.objects.filter(practice_id=protocol.practice_id, protocol__code=protocol.code, ends_on=None)
            .exclude(protocol=protocol)
            .update(protocol=protocol)
        )
        if moved:
            _record("protocol.followed", protocol, actor=actor, now=now, details={"episodes": moved})
    return moved


def _record(
    action: str, protocol: AdoptedProtocol, *, actor: Actor, now: datetime, details: dict[str, Any]
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="adopted_protocol",
        subject_id=protocol.pk,
        now=now,
        practice_id=protocol.practice_id,
        details=details,
    )


def adopt_for(practice: Practice, *, condition: str, actor: Actor, now: datetime) -> AdoptedProtocol:
    """Return the practice's newest version of the protocol for a condition, adopting the shipped one when missing."""
    code = shipped_protocols.code_for(condition)
    own = AdoptedProtocol.objects.filter(practice=practice, code=code).order_by("-version").first()
    if own is not None:
        return own
    shipped = Protocol.objects.filter(code=code).order_by("-version").first()
    if shipped is None:
        raise NotFound("No protocol is shipped for this condition: run `manage.py migrate` once more.")
    return _adopt(practice, shipped, actor=actor, now=now)


def adopt_shipped(practice: Practice, *, actor: Actor, now: datetime) -> None:
    """Adopt every shipped protocol of which the practice has no version yet, so that it can be changed."""
    known = set(AdoptedProtocol.objects.filter(practice=practice).values_list("code", flat=True))
    for shipped in Protocol.objects.exclude(code__in=known).order_by("code", "-version").distinct("code"):
        _adopt(practice, shipped, actor=actor, now=now)


def _adopt(practice: Practice, shipped: Protocol, *, actor: Actor, now: datetime) -> AdoptedProtocol:
    with transaction.atomic():
        adopted, is_new = AdoptedProtocol.objects.get_or_create(
            practice=practice,
            code=shipped.code,
            version=shipped.version,
            defaults={"title": shipped.title, "content": shipped.content, "adopted_at": now},
        )
        if is_new:
            _record("protocol.adopted", adopted, actor=actor, now=now, details={"version": adopted.version})
    return adopted
