"""From a draft to a signed release: a second person approves what they looked at; files, manifest, ledger."""

import base64
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError, NotAllowed
from networks.information_wall import Aggregation
from networks.keys import uuid7
from networks.models import Network, RoleAssignment, User
from networks.permissions import Permission, Role, permissions_of
from networks.services.sealing import key_fingerprint, signing_key
from reporting import manifests
from reporting.models import ProfileDraft, Release, ReleasedCount, ReleaseFile
from reporting.services import rendering, wall

# Who may say that a profile is right: the quality committee or the network's administrator.
APPROVING_ROLES = frozenset({Role.NETWORK_ADMIN, Role.QUALITY})


def roles_in(network_id: UUID, *, user_id: UUID, now: datetime) -> frozenset[Role]:
    """Return what a person is in a network now; one query."""
    held = RoleAssignment.objects.in_force(now).filter(user_id=user_id, network_id=network_id)
    return frozenset(Role(each.role) for each in held)


def approve(draft: ProfileDraft, *, document_sha256: str, actor: Actor, now: datetime) -> None:
    """Approve a draft as it was looked at; another person than drafted it, of the approving roles.

    Raises NotAllowed for the wrong person, Conflict when it is not waiting or is not what was looked at,
    DomainError when it must not be released at all.
    """
    with transaction.atomic():
        locked = _locked(draft)
        _check_approver(locked, actor=actor, now=now)
        if locked.state != ProfileDraft.State.DRAFTED:
            raise Conflict("This draft is not waiting for approval any more: load the page again.")
        if locked.document_sha256 != document_sha256:
            raise Conflict("The draft is not the one you looked at: load the page again.")
        if locked.refusals:
            raise DomainError(locked.refusals[0])
        locked.state = ProfileDraft.State.APPROVED
        locked.approved_by_id, locked.approved_at = actor.user_id, now
        locked.save(update_fields=["state", "approved_by", "approved_at"])
        _audit("profile.approved", locked, actor=actor, now=now)


def discard(draft: ProfileDraft, *, actor: Actor, now: datetime) -> None:
    """Set a draft aside; Conflict when it is released already."""
    with transaction.atomic():
        locked = _locked(draft)
        if locked.state not in {ProfileDraft.State.DRAFTED, ProfileDraft.State.APPROVED}:
            raise Conflict("A released profile cannot be taken back; release a newer one.")
        locked.state = ProfileDraft.State.DISCARDED
        locked.save(update_fields=["state"])
        _audit("profile.discarded", locked, actor=actor, now=now)


def release(draft: ProfileDraft, *, actor: Actor, now: datetime) -> Release:
    """Release an approved draft: files, signed manifest and ledger, in one transaction; needs the network's scope.

    Raises NotAllowed where the role lacks it or the wall has closed since, Conflict when another release came
    in between or the draft is not approved.
    """
    # Outside the transaction, so that a refusal stays written down.
    _ask_wall_again(draft, actor=actor, now=now)
    with transaction.atomic():
        network = _lock_network(draft.network_id)
        locked = _locked(draft)
        _check_releaser(locked, actor=actor, now=now)
        if locked.state != ProfileDraft.State.APPROVED:
            raise Conflict("Only an approved draft can be released; this one is not, or no longer.")
        last = Release.objects.filter(network=network).order_by("-number").first()
        if last is not None and last.recorded_at >= locked.drafted_at:
            raise Conflict(
                "Another profile was released since this draft was made: draft again, so that both can be "
                "compared for small differences."
            )
        made = _write(locked, last, actor=actor, now=now)
        locked.state = ProfileDraft.State.RELEASED
        locked.save(update_fields=["state"])
        _audit("profile.released", locked, actor=actor, now=now, release=made)
    return made


def _write(draft: ProfileDraft, last: Release | None, *, actor: Actor, now: datetime) -> Release:
    new_id, number = uuid7(), last.number + 1 if last else 1
    approver, releaser = _names(draft, actor)
    previous = last.manifest_sha256 if last else manifests.NO_RELEASE_BEFORE
    stamp = rendering.Stamp(
        number=number,
        approved_by=approver,
        released_at=now,
        previous=previous,
        key_id=key_fingerprint(),
    )
    files = rendering.render_all(draft.document, stamp=stamp)
    facts = manifests.ReleaseFacts(
        release_id=str(new_id),
        number=number,
        created_at=now.isoformat(timespec="seconds"),
        network=draft.document["network"],
        recipient=draft.document["payer"],
        period=draft.document["period"],
        approved_by=approver,
        released_by=releaser,
        wall_policy=wall.POLICY_VERSION,
        document=draft.document,
        previous=previous,
    )
    signed = manifests.manifest(
        facts, files=[manifests.file_digest(each.name, each.content) for each in files]
    )
    made = _store(draft, signed, new_id, number, previous, actor=actor, now=now)
    envelope = manifests.envelope(signed, signature=made.signature, key_id=made.key_id)
    kept = [*files, rendering.RenderedFile("manifest.json", "application/json", envelope)]
    ReleaseFile.objects.bulk_create(_file(made, each) for each in kept)
    ReleasedCount.objects.bulk_create(
        ReleasedCount(network_id=made.network_id, release=made, cell=cell, members=members)
        for cell, members in draft.shown_counts
    )
    return made


def _names(draft: ProfileDraft, actor: Actor) -> tuple[str, str]:
    found = User.objects.filter(pk__in=[draft.approved_by_id, actor.user_id])
    people = {each.pk: each.name for each in found}
    approver, releaser = (people[each] if each else "" for each in (draft.approved_by_id, actor.user_id))
    return approver, releaser


def _store(
    draft: ProfileDraft,
    signed: dict[str, object],
    new_id: UUID,
    number: int,
    previous: str,
    *,
    actor: Actor,
    now: datetime,
) -> Release:
    content = manifests.canonical_json(signed)
    if draft.approved_by_id is None or draft.approved_at is None or actor.user_id is None:
        raise Conflict("Only an approved draft can be released; this one is not, or no longer.")
    made = Release(
        id=new_id,
        network_id=draft.network_id,
        draft=draft,
        number=number,
        payer_id=draft.payer_id,
        first_day=draft.first_day,
        cut_off=draft.cut_off,
        cohort=draft.document["cohort"],
        measures=draft.document["measures"],
        document=draft.document,
        suppression=draft.document["suppression"],
        manifest=signed,
        manifest_sha256=manifests.digest(content),
        previous_sha256=previous,
        signature=base64.b64encode(signing_key().sign(content)).decode(),
        key_id=key_fingerprint(),
        approved_by_id=draft.approved_by_id,
        approved_at=draft.approved_at,
        released_by_id=actor.user_id,
        occurred_at=now,
        recorded_at=now,
    )
    made.save(force_insert=True)
    return made


def _file(made: Release, each: rendering.RenderedFile) -> ReleaseFile:
    return ReleaseFile(
        network_id=made.network_id,
        release=made,
        name=each.name,
        media_type=each.media_type,
        sha256=manifests.digest(each.content),
        content=each.content,
    )


def _lock_network(network_id: UUID) -> Network:
    """Let releases of one network come one after the other; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"release:{network_id}"])
    return Network.objects.get(pk=network_id)


def _locked(draft: ProfileDraft) -> ProfileDraft:
    return ProfileDraft.objects.select_for_update().get(network_id=draft.network_id, pk=draft.pk)


def _check_approver(draft: ProfileDraft, *, actor: Actor, now: datetime) -> None:
    if actor.user_id is None or actor.user_id == draft.drafted_by_id:
        raise NotAllowed("Somebody else than the person who drafted it must approve a profile.")
    if not roles_in(draft.network_id, user_id=actor.user_id, now=now) & APPROVING_ROLES:
        raise NotAllowed("Profiles are approved by the quality lead or the network's administrator.")


def _check_releaser(draft: ProfileDraft, *, actor: Actor, now: datetime) -> None:
    roles = roles_in(draft.network_id, user_id=actor.user_id, now=now) if actor.user_id else frozenset()
    if Permission.RELEASE_PROFILES not in permissions_of(roles):
        raise NotAllowed("Profiles are released by the quality lead.")


def _ask_wall_again(draft: ProfileDraft, *, actor: Actor, now: datetime) -> None:
    """Ask as of now: the network's mode may have changed since the draft."""
    network = Network.objects.get(pk=draft.network_id)
    mode = wall.mode_of(network)
    pooled = Aggregation(
        patients=draft.wall["patients"],
        owners=draft.wall["owners"],
        largest_share=Decimal(draft.wall["share"]),
        reconstructable=False,
    )
    asked = wall.ask_for_payer(draft.payer_id, mode=mode, aggregation=pooled)
    wall.record([asked], page="release", mode=mode, network_id=network.pk, actor=actor, now=now)
    if not asked.decision.allowed:
        raise NotAllowed(f"The information wall withholds this profile now. {asked.decision.reason}")


def _audit(
    action: str, draft: ProfileDraft, *, actor: Actor, now: datetime, release: Release | None = None
) -> None:
    details: dict[str, object] = {"document": draft.document_sha256}
    if release is not None:
        details |= {"release": str(release.pk), "number": release.number, "manifest": release.manifest_sha256}
    audit.record(
        action,
        actor=actor,
        subject_type="profile_draft",
        subject_id=draft.pk,
        now=now,
        network_id=draft.network_id,
        details=details,
    )


def note_download(release: Release, *, name: str, actor: Actor, now: datetime) -> None:
    """Write down that somebody took a file of a release."""
    audit.record(
        "profile.file_taken",
        actor=actor,
        subject_type="release",
        subject_id=release.pk,
        now=now,
        network_id=release.network_id,
        details={"file": name},
    )
