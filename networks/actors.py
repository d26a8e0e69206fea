"""Who did something: a person, or a named part of the system."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """A person by id, or a part of the system by name; never both, never neither."""

    user_id: UUID | None = None
    system: str = ""

    def __post_init__(self) -> None:
        if (self.user_id is None) == (self.system == ""):
            raise ValueError("An actor is either a person or a named part of the system.")

    @classmethod
    def person(cls, user_id: UUID) -> "Actor":
        """Return the actor for a signed-in person."""
        return cls(user_id=user_id)

    @classmethod
    def part(cls, name: str) -> "Actor":
        """Return the actor for a part of the system, such as `sender` or `reader`."""
        return cls(system=name)
