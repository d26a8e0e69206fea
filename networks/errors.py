"""Errors that a person can act on: each carries the sentence to show, and never personal data."""


class DomainError(Exception):
    """A rule of the house was broken; the message is a sentence for the person who tried."""

    status = 400

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(DomainError):
    """The signed-in person's role does not include this."""

    status = 403


class NotFound(DomainError):
    """Nothing of that name in this workspace; another tenant's record looks the same."""

    status = 404


class Conflict(DomainError):
    """The record changed or exists already; looking again and repeating is safe."""

    status = 409
