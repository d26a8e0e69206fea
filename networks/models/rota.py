"""Who is on call for a practice's patients, how they are reached, and when its office is open."""

from datetime import time
from typing import ClassVar

from django.db import models
from django.db.models import Q

from networks.encryption import EncryptedTextField
from networks.models.owned import PracticeOwned


def _business_days() -> list[int]:
    return [0, 1, 2, 3, 4]


class OnCallShift(PracticeOwned):
    """One person's weekly hours on call; hours that end at or before their start end the next day."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    user = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    is_backup = models.BooleanField(default=False)

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["practice", "user", "weekday", "starts_at", "is_backup"],
                name="networks_oncallshift_once",
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="networks_oncallshift_weekday"),
        ]

    def __str__(self) -> str:
        return f"Shift {self.pk}"


class PagingContact(PracticeOwned):
    """The mobile at which one of the practice's people is paged by text; e-mail goes out in any case."""

    user = models.ForeignKey("networks.User", models.PROTECT, related_name="+", db_index=False)
    mobile = EncryptedTextField()

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice", "user"], name="networks_pagingcontact_once"),
        ]

    def __str__(self) -> str:
        return f"Paging contact {self.pk}"


class SafetyCover(PracticeOwned):
    """When a practice's office is open, and who stands behind the rota: the backup and the owner."""

    opens_at = models.TimeField(default=time(8, 0))
    closes_at = models.TimeField(default=time(18, 0))
    weekdays = models.JSONField(default=_business_days, help_text="Open days; Monday is 0.")
    backup = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    owner = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta(PracticeOwned.Meta):
        constraints: ClassVar = [
            *PracticeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["practice"], name="networks_safetycover_once"),
            models.CheckConstraint(
                condition=Q(opens_at__lt=models.F("closes_at")), name="networks_safetycover_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Safety cover {self.pk}"
