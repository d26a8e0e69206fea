"""Loading a later year's rules and approving them: one person loads, two different people approve."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.code_set import RULE_SETS
from billing.models import RuleSetApproval, RuleSetEdition
from billing.rule_set_file import read_rule_set
from billing.services.rules_in_force import APPROVALS_NEEDED
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import User


def load(text: bytes, *, loaded_by: User, now: datetime) -> RuleSetEdition:
    """Keep a rule set that waits for approval; DocumentError where the file does not fit.

    Conflict for a file that was loaded before, DomainError for a year whose rules ship with Daybook.
    """
    file = read_rule_set(text)
    if file.rule_set.first_day <= RULE_SETS[-1].last_day:
        raise DomainError(
            f"{file.rule_set.id} ships with Daybook: load only years after {RULE_SETS[-1].last_day.year}."
        )
    digest = hashlib.sha256(text).hexdigest()
    with transaction.atomic():
        if RuleSetEdition.objects.filter(sha256=digest).exists():
            raise Conflict("This very file is loaded already.")
        edition = RuleSetEdition(
            rule_set=file.rule_set.id,
            document=json.loads(text.decode("utf-8-sig")),
            sha256=digest,
            loaded_by=loaded_by,
            loaded_at=now,
        )
        edition.save(force_insert=True)
    return edition


def approve(
    edition: RuleSetEdition, *, by: User, actor: Actor, now: datetime, network_id: UUID | None
) -> int:
    """Note one person's approval and return how many are still missing; Conflict for a second of the same.

    An operator acts for no tenant, so the approval alone records it; in a network its audit log does too.
    """
    with transaction.atomic():
        # Approvals are written once, so nothing of the edition can be locked for update by the app role.
        if RuleSetApproval.objects.filter(edition=edition, approved_by=by).exists():
            raise Conflict("You approved this rule set already; another person has to be the second.")
        approval = RuleSetApproval(edition=edition, approved_by=by, approved_at=now)
        approval.save(force_insert=True)
        if network_id is not None:
            audit.record(
                "rule_set.approved",
                actor=actor,
                subject_type="rule_set",
                subject_id=edition.pk,
                now=now,
                network_id=network_id,
                details={"rule_set": edition.rule_set},
            )
        return max(0, APPROVALS_NEEDED - edition.approvals.count())
