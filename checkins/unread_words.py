"""What to make of words that no rule of the reader knows."""

_FEWEST = 3  # words; "huh?" and "6?" are about our question, not to the practice


def asks_something(words: str) -> bool:
    """Return whether words that were not read ask the practice something, so that asking back is not enough.

    >>> asks_something("stop by the desk tomorrow?"), asks_something("6?"), asks_something("hablo luego")
    (True, False, False)
    """
    said = words.rstrip(" \"'”’).!")
    return said.endswith("?") and sum(any(map(str.isalpha, each)) for each in said.split()) >= _FEWEST
