"""What the invented patients write, by style, for a pain score and whether exercises were done."""

import random

_WORDS_EN = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS_ES = ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")


def reply(style: str, *, pain: int, done: bool, luck: random.Random, may_split: bool) -> list[str]:
    """Return the one text, or two where it may be split, that a patient of this style sends on one day."""
    if style == "spanish":
        options = [
            [f"{pain} {'s' if done else 'n'}"],
            [f"{pain}, {'si' if done else 'no'}"],
            [f"hoy {_WORDS_ES[pain]}, {'si hice los ejercicios' if done else 'no hice los ejercicios'}"],
            [f"{pain}", "si" if done else "no"],
        ]
    elif style == "words":
        options = [
            [f"{_WORDS_EN[pain]}, {'yes' if done else 'no'}"],
            [f"about a {pain} today, {'did my exercises' if done else 'no exercises'}"],
            [f"{pain} {'y' if done else 'n'}"],
        ]
    elif style == "messy":
        options = [
            [f"{pain}/10 and {'yes did them' if done else 'nope not today'}"],
            [f"morning! {pain}", "y" if done else "n"],
            [f"pain {pain}. {'all done 👍' if done else 'no'}"],
        ]
    else:
        options = [
            [f"{pain} {'y' if done else 'n'}"],
            [f"{pain} {'Y' if done else 'N'}"],
            [f"{pain} {'yes' if done else 'no'}"],
        ]
    return luck.choice([each for each in options if may_split or len(each) == 1])


# What happens on the last days, by turn of events: days ago (0 is the newest of the history), words.
TURNS: dict[str, tuple[tuple[int, str], ...]] = {
    "danger": ((0, "7, no, and my calf is hot and swollen"),),
    "fall": ((1, "5 y but I fell in the kitchen last night"),),
    "unclear": ((0, "it comes and goes, worse when the weather turns"),),
    "question": ((0, "can I leave the brace off at night?"),),
    "wrong": ((1, "who is this? wrong number"),),
    "stopped": ((4, "please stop texting me"),),
    "caregiver": ((2, "this is her daughter, mom says 3 and she did them"),),
}
