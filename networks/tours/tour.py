"""What a guided tour is made of: steps over real pages, each with a heading and two plain sentences."""

from dataclasses import dataclass

from networks.permissions import Permission


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: a page by its name, and the part of it that carries `data-tour` with the target's name.

    With `follows` the page is the one behind the first link of the page before: nobody's address is known beforehand.
    """

    route: str
    target: str
    heading: str
    words: str
    permission: Permission
    follows: bool = False
    name: str = ""

    @property
    def place(self) -> dict[str, str]:
        """What fills the page's address."""
        return {"name": self.name} if self.name else {}


@dataclass(frozen=True, slots=True)
class Tour:
    """A day of one role."""

    key: str
    title: str
    steps: tuple[Step, ...]

    def for_whom(self, permissions: frozenset[Permission]) -> "Tour":
        """Return the tour without the steps that these permissions do not open."""
        return Tour(
            self.key, self.title, tuple(each for each in self.steps if each.permission in permissions)
        )
