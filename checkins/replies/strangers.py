"""Words beside a number that no grammar explains: they say that it counts or times something and scores nothing.

A score is recorded only where every word of its own stretch, that is up to a sign, a number or an "and", is one that
speaks of pain, the body, the day, the exercises, courtesy or doubt; otherwise Daybook asks.
"""

from .clauses import CONNECTIVES, FOLLOWS, NEUTRAL, NOUNS, PLAIN_ANSWERS
from .meant_otherwise import is_gone_with
from .neighbors import ANSWERS, GLUED_AFTER, PAIN, is_hesitation, word_set
from .numbers import LEADING, TOP, Shape
from .numbers import WORDS as NUMBER_WORDS
from .reports import tells_what_happened
from .surroundings import LAUGHS, MODIFIERS, NOT_COUNTED, UNITS, VERBS, Around, is_plural
from .tokens import Gap, Kind, Token
from .vocabulary import one_slip_apart

# Words that may stand right behind a score: of time, place, manner, the body, courtesy, and people spoken to.
FOLLOWERS = word_set("followers")
KNOWN = (
    LEADING
    | NOT_COUNTED
    | NEUTRAL
    | CONNECTIVES
    | NOUNS
    | PLAIN_ANSWERS
    | FOLLOWS
    | FOLLOWERS
    | ANSWERS
    | GLUED_AFTER
    | PAIN
) | frozenset().union(*map(word_set, ("contrast", "now_words", "past_after", "parts", "function_labels")))
# After these a number is a score whatever follows ("como un 7 comadre"); after "i have" or "yes" it may count.
WEAK_LEADS = word_set("weak_leads")
# Right before a number these make it a score whatever else is said ("easily a 9", "my pain is like an 8").
SURE_LEADS = word_set("sure_leads") | PAIN
EXPLAINED = word_set("explained")
ANSWERED = ANSWERS | PLAIN_ANSWERS
# "Harold says 3", "its Ted 6"; a clock or a sign that says a number is no patient.
TELLS, SPEAKING_THINGS = word_set("tells"), word_set("speaking_things")
INTRODUCED_BY = word_set("introduced_by")
# "A freakin 8" colours a score; "a type 2" is none.
ARTICLES, NUMBERED_THINGS = frozenset({"a", "an", "un", "una"}), word_set("numbered_things")
NO_PERSONS = SPEAKING_THINGS | NUMBERED_THINGS | UNITS
# Long enough that one slip makes no other word of them.
DOUBTS = ("maybe", "about", "around", "probably", "roughly", "almost", "exactly", "quizas", "todays")
# "This is Bob's wife he is at 6": whose score it is opens a clause.
SUBJECTS = frozenset({"he", "she", "i", "hes", "shes", "im", "its", "it"})
# "Pain after pt is 4": a time does not part the pain from its number.
TIMES = frozenset({"after", "before", "when", "while", "until", "till", "til", "since", "cuando"})
PARTED = (CONNECTIVES - TIMES) | LAUGHS | SUBJECTS
# "5 guys for lunch" counts them; "5 guys" speaks to them.
PEOPLE, AFTER_PEOPLE = word_set("people_spoken_to"), word_set("after_people")
# A verb or an adverb behind a score opens what is told of it ("4 popping in tomorrow", "6 mostly at night").
VERB_ENDS = ("ing", "ed", "ly", "ando", "iendo", "mente", "in")
SHORTEST_VERB = 4
PAST_VERBS = word_set("past_of_toil")
# "2 quick little questions".
REACH = 3
# "10 out of 10 person" praises somebody.
PRAISED, PRAISE_FROM = word_set("praised"), 9
# "4 As and a B" on a school report; "4 as usual" is a score.
GRADES = frozenset({"As", "Bs", "Cs", "Ds", "Fs", "A's", "B's", "C's", "D's", "F's", "A’s", "B’s", "C’s"})
# "5 left" may tell the left side or what remains.
LEFT = frozenset({"left", "quedan", "quedaron", "restan"})
# "4 eva", "level 2 band", "2 de mis hijos".
AFTER_SPELLING = frozenset({"eva", "ever", "nite", "real", "sure"})
BEARS_A_NUMBER = frozenset({"level", "number", "num", "nivel", "numero"})
NUMBERED_AFTER = frozenset(
    {"band", "bands", "sprain", "tear", "strain", "sheet", "list", "banda", "hoja", "lista"}
)
THEM = frozenset({"mis", "los", "las", "sus", "nosotros", "ellos", "ustedes"})
SIDES = frozenset({"right", "rt", "r", "side", "derecha", "derecho"})


def counts_what_follows(around: Around) -> bool:
    """Return whether the number counts a thing, kind words before it included ("2 quick questions", "zero clue")."""
    following = _joined(around)
    if not following:
        return False
    if following[0].raw in GRADES:
        return True
    if around.number.shape is Shape.OUT_OF_TEN or around.number.value == TOP:
        praised = any(token.text in PRAISED for token in following[:2])
        return around.number.value >= PRAISE_FROM and praised
    if following[0].text in PEOPLE:
        return len(following) > 1 and following[1].text in AFTER_PEOPLE
    if _is_what_remains(around, following) or _stands_for_a_word(around, following):
        return True
    if around.number.shape is not Shape.PLAIN or _is_known(following[0]):
        return False
    return _reaches_a_plural(following) or not (
        _is_led(around)
        or _opens_a_statement(following[0])
        or _is_spoken_to(around, following)
        or tells_what_happened(around, following)
    )


def _joined(around: Around) -> list[Token]:
    """Return the words that follow the number without a sign between."""
    kept: list[Token] = []
    for token in around.after[: REACH + 1]:
        if token.gap is not Gap.NONE or token.kind is not Kind.WORD or token.glued:
            break
        kept.append(token)
    return kept


def _is_known(token: Token) -> bool:
    return (
        token.text in KNOWN
        or token.text in NUMBER_WORDS
        or not token.raw.isascii()
        or is_hesitation(token.text)
    )


def _reaches_a_plural(following: list[Token]) -> bool:
    for place, token in enumerate(following[:REACH]):
        if token.text in UNITS or is_plural(token.text):
            # "3 hands are cold" counts no hands.
            return not (len(following) > place + 1 and following[place + 1].text in VERBS)
        if _opens_a_statement(token) or (_is_known(token) and token.text not in MODIFIERS):
            return False
    return False


def _is_led(around: Around) -> bool:
    left = around.left
    joined = left is not None and left.kind is Kind.WORD and around.token.gap is Gap.NONE
    return joined and left is not None and left.text not in WEAK_LEADS


def _opens_a_statement(token: Token) -> bool:
    return token.text in PAST_VERBS or (len(token.text) > SHORTEST_VERB and token.text.endswith(VERB_ENDS))


def _is_spoken_to(around: Around, following: list[Token]) -> bool:
    """Return whether somebody is addressed at the end ("five chef"); "zero clue", "1 beer" tell of things."""
    return len(following) == 1 and len(around.after) == 1 and around.number.value > 1


def _stands_for_a_word(around: Around, following: list[Token]) -> bool:
    """Return whether the number spells ("4 eva"), names ("level 2 band") or counts people ("2 de mis hijos")."""
    said = [token.text for token in following[:REACH]]
    spelt = not _is_led(around) and said[0] in AFTER_SPELLING and around.token.text in {"2", "4"}
    named = (
        around.left is not None and around.left.text in BEARS_A_NUMBER and bool(set(said) & NUMBERED_AFTER)
    )
    return spelt or named or (said[0] == "de" and bool(set(said[1:2]) & THEM))


def _is_what_remains(around: Around, following: list[Token]) -> bool:
    """Return whether "5 left" says how many remain: no other side is named, and nothing leads to a score."""
    remains = following[0].text in LEFT and not _is_led(around)
    if not remains or SIDES & {token.text for token in around.tokens}:
        return False
    return len(following) == 1 or following[1].text in {"in", "to", "on", "of"}


def stands_among_strangers(around: Around) -> bool:
    """Return whether an unexplained word stands before the number in its stretch ("my shift ends by about 6")."""
    left = around.left
    if left is None or left.kind is not Kind.WORD or around.token.gap is not Gap.NONE:
        return False
    if left.text in SURE_LEADS or _is_answered(around) or is_gone_with(around):
        return False
    stretch = _stretch_before(around)
    if stretch and stretch[-1].text in ARTICLES and len(stretch) <= REACH:
        return False  # "A straight up 10".
    return not is_doubted(around) and any(
        not (_is_explained(token) or _is_a_name(around, place)) for place, token in enumerate(stretch)
    )


def _is_answered(around: Around) -> bool:
    return bool(around.after) and around.after[0].text in ANSWERED


def _stretch_before(around: Around) -> list[Token]:
    """Return the words before the number back to a sign, a laugh or a word that opens or parts a clause.

    None where a pain is named or another number stands in the same breath: both lead to a score.
    """
    kept: list[Token] = []
    gap = around.token.gap
    for token in reversed(around.before):
        if gap is not Gap.NONE or token.text in PARTED:
            break
        if token.kind is Kind.NUMBER or token.text in NUMBER_WORDS or token.text in PAIN:
            return []
        kept.append(token)
        gap = token.gap
    return kept


def _is_a_name(around: Around, place: int) -> bool:
    """Return whether a person is named: who says the score, or who writes ("Harold says 3", "its Ted 6").

    `place` counts words backwards from the number; a clock, a sign or a page that says things is no person.
    """
    words = around.before[::-1]
    token = words[place]
    if not token.raw.istitle() or token.text in NO_PERSONS:
        return False
    ahead = {words[at].text for at in range(max(place - 2, 0), place)}
    behind = words[place + 1].text if place + 1 < len(words) else ""
    return bool(ahead & TELLS) or behind in INTRODUCED_BY


def is_introduced(around: Around) -> bool:
    """Return whether the writer's name stands right before the number ("hi its Ted 6")."""
    joined = around.left is not None and around.left.kind is Kind.WORD and around.token.gap is Gap.NONE
    return joined and bool(around.before) and around.number.value <= TOP and _is_a_name(around, 0)


def _is_explained(token: Token) -> bool:
    return _is_known(token) or token.text in EXPLAINED


def is_coloured(around: Around) -> bool:
    """Return whether one unknown word colours a score behind its article ("a freakin 8", "its a happy 2").

    Not where things bear numbers ("a type 2"), nor where something follows that the number may count.
    """
    words = around.before
    if len(words) < 2 or around.token.gap is not Gap.NONE or words[-1].gap is not Gap.NONE:
        return False
    article, colour = words[-2].text, words[-1].text
    if (
        article not in ARTICLES
        or colour in NEUTRAL
        or colour in NUMBERED_THINGS
        or around.number.shape is not Shape.PLAIN
    ):
        return False
    following = _joined(around)
    return all(map(_is_explained, _stretch_before(around)[2:])) and (not following or _is_known(following[0]))


def is_doubted(around: Around) -> bool:
    """Return whether a misspelt "maybe" or "about" leads to the number ("mayb 5")."""
    left = around.left
    return (
        left is not None
        and around.token.gap is Gap.NONE
        and any(one_slip_apart(left.text, word) for word in DOUBTS)
    )
