"""The words beside the fixed questions: what a check-in asked about, and a patient's own activity."""

from typing import ClassVar

from django.db import models

from checkins.models.checkins import CheckIn
from networks.models import PracticeFact, PracticeLeaf
from networks.tenancy import SameTenant
from patients.models import Episode


class AskedWords(PracticeLeaf):
    """What the activity, the milestone and the free question of one check-in were, in the patient's language.

    Kept with the check-in, so that asking once more and the page name the same whatever the protocol says by then.
    """

    check_in = models.OneToOneField(
        CheckIn, models.PROTECT, related_name="asked_words", db_index=False, db_constraint=False
    )
    words = models.JSONField(help_text='Words by item, such as {"function": "climb the stairs"}.')

    class Meta(PracticeLeaf.Meta):
        constraints: ClassVar = [
            *PracticeLeaf.Meta.constraints,
            SameTenant(name="checkins_askedwords_check_in_tenant", field="check_in"),
        ]

    def __str__(self) -> str:
        return f"Asked words {self.pk}"


class OwnActivityQuerySet(models.QuerySet["OwnActivity"]):
    """Activities by whether they stand."""

    def standing(self) -> "OwnActivityQuerySet":
        """Keep the latest of each episode; one without words means that the protocol's own is asked about."""
        latest = OwnActivity.objects.filter(
            practice=models.OuterRef("practice"), episode=models.OuterRef("episode")
        )
        return self.filter(
            pk=models.Subquery(latest.order_by("-occurred_at", "-id").values("pk")[:1])
        ).exclude(words="")


class OwnActivity(PracticeFact):
    """What one patient most wants to do again, in the language of their texts; a later row takes its place."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="own_activities", db_index=False)
    words = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(
        "networks.User", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = OwnActivityQuerySet.as_manager()

    class Meta(PracticeFact.Meta):
        constraints: ClassVar = [
            *PracticeFact.Meta.constraints,
            SameTenant(name="checkins_ownactivity_episode_tenant", field="episode"),
        ]
        indexes: ClassVar = [
            *PracticeFact.Meta.indexes,
            models.Index(fields=["practice", "episode", "occurred_at"], name="checkins_ownactivity_episode"),
        ]

    def __str__(self) -> str:
        return f"Own activity {self.pk}"
