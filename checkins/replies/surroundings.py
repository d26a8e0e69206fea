"""The words beside a number: whether they make it a time, a dose, a date, a wish, and so no score."""

from decimal import Decimal

from .neighbors import ANSWERS, PAIN, TABLE, Neighbors, word_set
from .numbers import FROM, Shape
from .tokens import Gap, Kind, Token

UNITS, MODIFIERS, PREFIXES = word_set("units"), word_set("modifiers"), word_set("prefixes")
MEETINGS = word_set("meetings")
APPROXIMATE = word_set("approximately")
AT, AT_NEEDS, AT_AN_HOUR = word_set("at_words"), word_set("at_needs"), word_set("at_an_hour")
DENIALS, DENIAL_FILLERS = word_set("denials"), word_set("denial_fillers")
HYPOTHETICAL, HYPOTHETICAL_AFTER = word_set("hypothetical"), word_set("hypothetical_after")
COMPARISON, CONTRAST = word_set("comparison"), word_set("contrast")
# Words that end in s and follow a score without being counted by it.
NOT_COUNTED = word_set("not_counted")
TOMORROW = word_set("tomorrow")
# What may stand between "more" and the number in a comparison ("more than a 6"), unlike "more like a 6".
COMPARED = frozenset({"than", "de", "que", "a", "an", "the", "un"})
ANYTHING_BUT = ["anything", "but"]
# "5 mas tarde" answers two questions and counts nothing.
LENGTH_OF_DAY = word_set("length_of_day")
LATER = ["mas", "tarde"]
# "Un tres yo creo": "yo" is I, not "years old".
REASONS = (["what"], ["why"], ["how"])
I_BELIEVE = frozenset({"creo", "digo", "diria", "pienso", "siento", "pongo", "le", "calculo"})
MONTHS, VISITS = word_set("months"), word_set("visits")
# A verb after a plural word opens a new statement: "3 hands are cold" counts no hands.
VERBS = frozenset({"are", "were", "feel", "hurt", "ache", "estan", "duelen"})
EXERCISES = frozenset({"exercise", "exercises", "stretches", "ejercicio", "ejercicios"})
SIGNS = frozenset(
    {"chest", "calf", "fever", "falls", "numbness", "swelling", "dizziness", "headache", "drainage"}
)
# "Number 6 please", unlike "exercise number 6".
NUMBER_SAID, BEFORE_NUMBER_SAID = (["number"], ["num"]), word_set("before_number_said")
# So many words before "at" are a statement of their own.
A_STATEMENT = 2
AGE_FROM = Decimal(20)
OLDEST = Decimal(100)
KIN = frozenset(
    [
        "mom",
        "mother",
        "dad",
        "father",
        "husband",
        "wife",
        "sister",
        "brother",
        "aunt",
        "uncle",
        "grandma",
        "grandpa",
        "mama",
        "papa",
        "abuela",
        "abuelo",
        "esposo",
        "esposa",
        "neighbor",
        "friend",
    ]
)
WHO_WAS = frozenset({"i", "he", "she", "we", "they", "mom", "dad"})
# A laugh ends what is wished ("i want to die lol 7").
LAUGHS = frozenset({"lol", "lmao", "lmfao", "haha", "hahaha", "jaja", "jajaja", "rofl", "smh", "omg"})
# "8 of 10 exercises", "did 8 of 10"; in "5/10 did them" a statement of its own follows.
COUNTED_AFTER = frozenset({"exercises", "ejercicios", "reps", "them", "sets"})
COUNTED_BEFORE = frozenset({"did", "hice", "completed", "finished", "do"})
COUNT_ENDS = frozenset({"did", "hice", "skipped", "los"})
# "Quarter to 5", "give me 5", "el de 3": no score.
NOT_SCORES = tuple(tuple(lead.split()) for lead in TABLE["not_scores"])
PLACES, CHILDREN = word_set("places"), word_set("children")
# "Reply 1 to confirm", "press 2 for Spanish", "1 for yes".
KEYS, KEYED, CHOICES = word_set("keys"), word_set("keyed"), word_set("choices")
# "Exercise 3 hurts" names an exercise; "with exercise 3" scores one.
NUMBERED, NUMBERED_VERBS, ADDED = word_set("numbered"), word_set("numbered_verbs"), word_set("added")


class Around(Neighbors):
    """A number, and what the words of its clause make of it."""

    def is_denied(self) -> bool:
        """Return whether the number is denied, wished for, compared with or spoken of another day."""
        words = [token.text for token in self.before]
        if words in (["is"], ["is", "it"]) and self.after:
            return True  # "Is 6 normal?" asks.
        if any(word in HYPOTHETICAL for word in self._words_near()) or words[-3:-1] == ANYTHING_BUT:
            return True
        if words[-2:] == ANYTHING_BUT:
            return True
        if any(token.text in HYPOTHETICAL_AFTER for token in self._words_right_after()):
            return True
        for distance, word in enumerate(reversed(words[-5:])):
            between = words[len(words) - distance :]
            if (
                word in DENIALS
                and all(filler in DENIAL_FILLERS for filler in between)
                and self._same_phrase(distance)
            ):
                return not (word in {"no", "ni"} and distance == 0)
            if word == "menos" and words[-distance - 3 :][:2] == ["mas", "o"]:
                continue
            if word == "bajo" and between[:1] == ["a"]:
                continue
            if word in COMPARISON and all(filler in COMPARED for filler in between):
                return self._same_phrase(distance)
        return False

    def _words_right_after(self) -> list[Token]:
        """Return up to two words behind the number; "but" or a comma ends them ("5 pero manana los hago")."""
        kept: list[Token] = []
        for token in self.after[:2]:
            if token.gap is not Gap.NONE or token.text in {"but", "pero"}:
                break
            kept.append(token)
        return kept

    def _words_near(self) -> list[str]:
        """Return the last words of this part; what was planned for tomorrow ends where the pain is named."""
        words = self._words_of_this_part()[-5:]
        if TOMORROW & set(words) and PAIN & set(words):
            last = max(place for place, word in enumerate(words) if word in PAIN)
            return words[last:]
        return words

    def _words_of_this_part(self) -> list[str]:
        """Return the words before the number back to the last comma."""
        part: list[str] = []
        gap = self.token.gap
        for token in reversed(self.before):
            if gap is not Gap.NONE or token.text in LAUGHS:
                break
            part.insert(0, token.text)
            gap = token.gap
        return part

    def _same_phrase(self, distance: int) -> bool:
        following = self.before[len(self.before) - distance :]
        return all(token.gap is Gap.NONE for token in [*following, self.token])

    def names_a_day(self) -> bool:
        """Return whether the number is a day of a month or of a visit ("el 3 de diciembre")."""
        after = [token.text for token in self.after[:2]]
        before = {token.text for token in self.before[-4:]}
        return (len(after) > 1 and after[0] in {"de", "of"} and after[1] in MONTHS) or bool(
            before & VISITS and not before & PAIN
        )

    def counts_exercises(self) -> bool:
        """Return whether "8 of 10" speaks of exercises done."""
        words = {token.text for token in self.after[:2]}
        before = [token.text for token in self.before[-2:]]
        if set(before) & PAIN or words & COUNT_ENDS:
            return False
        led = bool(set(before[-1:]) & COUNTED_BEFORE)
        if any(token.kind is Kind.EMOJI or token.text in ANSWERS for token in self.after[1:2]):
            return led
        return led or bool(words & COUNTED_AFTER)

    def counts_something(self) -> bool:
        """Return whether a unit follows or a word before says that the number counts something else."""
        if self._counted_by_next() or self._is_age() or self._denies_a_sign() or self._is_choice():
            return True
        words = [token.text for token in self.before]
        if not self.before or (self.token.gap is not Gap.NONE and not self._closes_a_day(words)):
            return False
        if self.number.shape is Shape.RANGE and words[-1] in FROM:
            return False  # What may stand before such a range, numbers.py says.
        if self._is_elsewhere(words):
            return True
        while words and words[-1] in APPROXIMATE and len(words) > 1:
            if words[-2] in AT | {"only", "just"} and words[-1] in {"a", "an"}:
                return False
            if self.before[len(words) - 1].gap is not Gap.NONE:
                return False  # "Igual que el lunes, un 4".
            words.pop()
        if (words[-3:] == ["me", "down", "for"] and words[-4:-3] in (["put"], ["mark"])) or (
            words[-1:] in NUMBER_SAID and set(words[:-1]) <= BEFORE_NUMBER_SAID
        ):
            return False
        if words[-1] in {"of", "de"} and len(words) > 1 and words[-2] in UNITS - {"more"}:
            return True
        return self._is_at_an_hour(words) if words[-1] in AT else words[-1] in PREFIXES

    def _is_at_an_hour(self, words: list[str]) -> bool:
        """Return whether "at" leads to an hour and not to a score ("pain 4, will do them at 6")."""
        part = self._words_of_this_part()[:-1]
        if part and part[-1] in AT_AN_HOUR:
            return True
        if len(part) >= A_STATEMENT and not set(part) & AT_NEEDS:
            return True
        return not (set(words[:-1]) & AT_NEEDS) or bool(set(words) & MEETINGS)

    def _closes_a_day(self, words: list[str]) -> bool:
        """Return whether a count of days stands before the sign ("post op day, 5")."""
        return words[-1] in {"day", "dia"} and not set(words[-3:-1]) & LENGTH_OF_DAY

    def _is_choice(self) -> bool:
        """Return whether the number stands for an answer, as our own menus say ("1 for yes")."""
        after = [token.text for token in self.after[:2]]
        return after[:1] == ["for"] and bool(set(after[1:]) & CHOICES)

    def _is_elsewhere(self, words: list[str]) -> bool:
        """Return whether the number is a time, a choice, an age, a place or the number of an exercise."""
        after = [token.text for token in self.after[:2]]
        if (
            tuple(words[-2:]) in NOT_SCORES
            or set(words[-3:]) & PLACES
            or (words[-1] in KEYS and set(after[:1]) & KEYED)
        ):
            return True
        if words == ["el"] and after:
            return True  # "El 8 tengo cita" is a day.
        if set(words[-3:]) & {"kids", "boys", "girls", "grandkids", "hijos", "nietos", "ages"}:
            return not set(words) & PAIN
        if len(words) > 1 and words[-2] in CHILDREN and words[-1] in {"is", "tiene", "turned"}:
            return True
        return words[-1] in NUMBERED and bool(set(after[:1]) & NUMBERED_VERBS) and not set(words) & ADDED

    def _counted_by_next(self) -> bool:
        following = [token for token in self.after[:2] if token.kind is Kind.WORD]
        if not following or following[0] is not self.after[0] or following[0].gap is not Gap.NONE:
            return False
        word = following[0].text
        if [token.text for token in following] == LATER:
            return False
        if word == "thats" and [token.text for token in following[1:]] in REASONS:
            return False  # "Its a 7 thats what i get for moving a couch".
        if word == "yo" and [token.text for token in following[1:]] and following[1].text in I_BELIEVE:
            return False
        if self._opens_a_label(following[0]) or (word in EXERCISES and self._follows_pain()):
            return False
        if word == "of" and self.number.shape is Shape.PLAIN:
            return True
        if len(following) > 1 and following[1].text in VERBS and word not in UNITS:
            return False
        if word in MODIFIERS and len(following) > 1 and _is_unit(following[1].text):
            return True
        return _is_unit(word) and word not in PAIN

    def _denies_a_sign(self) -> bool:
        """Return whether a zero denies what follows ("zero chest pain") and scores nothing."""
        return self.number.value == 0 and any(token.text in SIGNS for token in self.after[:1])

    def _opens_a_label(self, word: Token) -> bool:
        """Return whether a colon follows the word, so that it names the next answer ("4 Exercises: half")."""
        place = self.tokens.index(word, self.number.last)
        return place + 1 < len(self.tokens) and self.tokens[place + 1].text == ":"

    def _is_age(self) -> bool:
        words = [token.text for token in self.before[-2:]]
        was = len(words) > 1 and words[0] in WHO_WAS and words[1] in {"was", "were", "turned"}
        if was and {token.text for token in self.after[:1]} & {"when", "cuando", "then", "at"}:
            return True  # "I was 9 when I broke it"; "was a 9 when I woke up" scores.
        if len(words) > 1 and words[0] in KIN and words[1] in {"is", "was", "turns", "tiene"}:
            return AGE_FROM <= self.number.value < OLDEST  # "My mom is 84".
        if words[-1:] == ["at"]:
            return False  # "Im at 20" is no age, and above the scale.
        return self.number.value >= AGE_FROM and bool(
            {"im", "am", "tengo", "turned", "turning", "age"} & set(words)
        )


def _is_unit(word: str) -> bool:
    return word in UNITS or is_plural(word)


def is_plural(word: str) -> bool:
    """Return whether the word ends as a plural does and is none of those that follow a score."""
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith("ss")
        and word not in NOT_COUNTED | PAIN | CONTRAST
    )
