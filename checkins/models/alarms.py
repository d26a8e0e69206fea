"""Alarms for the operator: what is wrong with the machine that hears danger; ids, counts and times only."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class OperatorAlarm(models.Model):
    """One fault of one practice's line or of the safety work, from when it was seen until it was gone."""

    class Kind(models.TextChoices):
        SAFETY_WAITS = "safety_waits", "Danger work waits longer than a minute"
        NOBODY_ANSWERS = "nobody_answers", "Every step of a ladder made, nobody acknowledged"
        PAGES_FAIL = "pages_fail", "Pages to staff do not go out"
        TEXTS_STUCK = "texts_stuck", "Texts that are due do not leave"
        NO_STATUSES = "no_statuses", "Texts leave, the carrier's callbacks do not come"
        NO_REPLIES = "no_replies", "Texts arrive, nobody's reply comes"
        CLOCKS_APART = "clocks_apart", "A worker's clock differs from the database's: it sends nothing"

    practice_id = models.UUIDField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    figure = models.PositiveIntegerField(default=0, help_text="Seconds waited, or how many.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice_id", "kind"],
                condition=Q(cleared_at=None),
                name="checkins_operatoralarm_open_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["opened_at"], name="checkins_operatoralarm_at")]

    def __str__(self) -> str:
        return f"{self.kind} {self.practice_id}"
