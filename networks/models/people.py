"""People who sign in, and what they are in which practice or network."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from networks.keys import uuid7
from networks.permissions import Role


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401 - any column
        """Create and return a person; without a password they cannot sign in by one."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class User(AbstractBaseUser):
    """A person who signs in; what they may do comes from role assignments alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"Person {self.pk}"

    def get_full_name(self) -> str:
        """Return the name to show."""
        return self.name

    @property
    def is_staff(self) -> bool:
        """Nobody uses Django's own admin pages; libraries ask all the same."""
        return False

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Grant nothing through Django's own permissions: roles decide."""
        return False


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Assignments by when they hold."""

    def in_force(self, at: datetime) -> "RoleAssignmentQuerySet":
        """Keep those that hold at an instant."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


class RoleAssignment(models.Model):
    """One role of one person in one practice or one network, for a time; operators have neither."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(each.value, each.value) for each in Role])
    practice = models.ForeignKey(
        "networks.Practice", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    workspace_name = models.CharField(
        max_length=120, help_text="The practice's or network's name, so that the switcher needs no scope."
    )
    time_zone = models.CharField(max_length=64, default="UTC")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    invited_name = models.CharField(
        max_length=120,
        blank=True,
        help_text="The name that the inviter wrote: shown until the person signs in, so that it tells nothing else.",
    )
    mailed_at = models.DateTimeField(
        null=True, blank=True, help_text="When the invitation last left by e-mail; empty where none did."
    )

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(practice=None, network__isnull=False)
                | Q(practice__isnull=False, network=None)
                | Q(practice=None, network=None, role=Role.OPERATOR.value),
                name="networks_roleassignment_one_home",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "practice", "network"],
                condition=Q(ends_at=None),
                nulls_distinct=False,
                name="networks_roleassignment_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Role assignment {self.pk}"
