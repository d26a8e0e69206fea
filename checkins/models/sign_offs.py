"""Who of a practice's clinicians stands behind the danger signs and the fixed replies, in which version."""

from typing import ClassVar

from django.db import models

from networks.models import Clinician, PracticeFact
from networks.tenancy import SameTenant


class DangerSignOff(PracticeFact):
    """A clinical lead has read the lexicon, the fixed replies and the ladder of one digest, and signs for them."""

    digest = models.CharField(max_length=64, help_text="SHA-256 over lexicon, fixed replies and ladder.")
    reader = models.CharField(max_length=16)
    wording = models.CharField(max_length=16)
    ladder = models.CharField(max_length=16)
    clinician = models.ForeignKey(Clinician, models.PROTECT, related_name="+", db_index=False)
    signed_by = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    note = models.CharField(max_length=400, blank=True)

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_dangersignoff_clinician_tenant", field="clinician"),
        ]

    def __str__(self) -> str:
        return f"Sign-off {self.pk}"
