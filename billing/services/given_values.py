"""What people typed, checked with sentences that say what to do."""

from datetime import date

from networks.errors import DomainError


def in_order(starts_on: date, ends_on: date | None) -> None:
    """Raise DomainError when a span ends before it starts."""
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("The last date lies before the first: check both.", field="ends_on")


def require(text: str, sentence: str, *, field: str, longest: int) -> None:
    """Raise DomainError with the sentence for blank text, or for text longer than so many letters."""
    if not text.strip():
        raise DomainError(sentence, field=field)
    fits(text, field=field, longest=longest)


def fits(text: str, *, field: str, longest: int) -> None:
    """Raise DomainError for text longer than so many letters, or with a character that cannot be stored."""
    if len(text) > longest:
        raise DomainError(f"Shorten the text to {longest} letters.", field=field)
    if "\x00" in text:
        raise DomainError("The text holds a character that cannot be stored: type it again.", field=field)
