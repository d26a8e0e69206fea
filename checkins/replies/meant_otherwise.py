"""Numbers that a whole sentence makes no score: asked about, the hour of something done then, a difference."""

from .neighbors import PAIN, word_set
from .numbers import MOVED, TOP, Shape
from .numbers import WORDS as NUMBER_WORDS
from .surroundings import COMPARED, Around
from .tokens import Gap, Kind

# "What counts as a 5?" asks about the scale; "how about a 5?" answers.
ASKS_SURELY, ASKS, ASKS_NOTHING = word_set("asks_surely"), word_set("asks"), word_set("asks_nothing")
HOW, HOW_ASKED = frozenset({"how", "hows"}), word_set("how_asked")
# "Un 5 es mucho?", "a 5 means what?"
ARTICLES = frozenset({"a", "an", "the", "my"})
MEANS = frozenset({"es", "mean", "means"})
# "Took 2 tylenol around 6", "stop by around 3": the hour of something that is done then.
ROUGHLY, DONE_THEN, SCORED_THEN = word_set("roughly"), word_set("done_then"), word_set("scored_then")
# "2 less than monday"; "came 3" says where it has come to, "put it down 4" writes a score.
LESS, MOVED_TO_NOW = frozenset({"less", "higher", "lower", "more", "menos"}), frozenset({"came"})
SAT = frozenset({"sat", "sit", "laid", "lay"})
WRITES = frozenset({"put", "mark", "write", "jot", "it"})
WOKE = frozenset({"woke", "wake", "woken", "got", "get", "getting", "waking"})
# "Dis knee on 8"; "mid 4s".
BODY, ON_IT = word_set("parts"), frozenset({"its", "hes", "shes", "pain", "full", "dolor"})
# "Almost 8 gotta go".
NEARLY, LEAVES = frozenset({"almost", "nearly", "past", "casi"}), frozenset({"gotta", "gtg", "bedtime"})
LEAVES_SO = frozenset({("need", "to"), ("have", "to"), ("time", "to"), ("time", "for"), ("so", "gotta")})
# "Gonna go w 7", "ill go 5".
WITH, SETTLES = frozenset({"with", "w", "on"}), word_set("settles")
WILL_GO = frozenset({"ill", "gonna", "gunna", "ima", "imma", "id", "lets", "will", "would", "to"})
SHADES, BEFORE_SHADES, HIGH_FIVE = frozenset({"low", "high"}), word_set("before_shades"), 5
REGIONS = frozenset({"low", "mid", "high", "upper", "lower", "middle"})
# "Over 9000" is a pain above the scale; "walked over 100" is none.
EXCEEDS, BEFORE_EXCEEDS = word_set("exceeds"), word_set("before_exceeds")
AREAS = word_set("areas")
# What the ends of the scale mean.
ENDS, IFS = frozenset({0, 1, 10}), frozenset({"if", "si"})
MEANS_END = frozenset({"is", "being", "means", "es", "significa", "siendo"})
ENDS_OF_IT = frozenset(
    {"worst", "best", "none", "nothing", "no", "highest", "lowest", "max", "peor", "nada", "maximo", "mejor"}
)
# "My doctor told me 4 is normal"; "4 is normal for me" is a score.
JUDGES, SAYERS = word_set("judges"), word_set("sayers")
NORMAL, VERDICTS, OWN = word_set("normal"), word_set("verdicts"), word_set("own")
JUDGED_WITHIN = 5
# "Around 830", "desperte a las 645".
CLOCK, MINUTES = range(100, 1260), range(0, 60, 5)
SURE_CLOCK, SURE_MINUTES = 200, frozenset({5, 10, 15, 20, 25, 30, 35, 40, 45, 55})
CLOCK_LEADS, CLOCK_DAY = word_set("clock_leads"), word_set("clock_day")
# "5 stairs is all I can do"; "7 stairs" alone is a score for the stairs.
STAIRS, AS_A_LIMIT = frozenset({"stairs", "stair", "escaleras"}), word_set("as_a_limit")


def is_end_of_scale(around: Around) -> bool:
    """Return whether the number only says what the ends mean ("10 is the worst? so 3")."""
    after = [token.text for token in around.after[:3]]
    if around.number.value not in ENDS or not set(after[:1]) & MEANS_END:
        return False
    before = [token.text for token in around.before]
    if IFS & set(before[-5:]):
        return True
    others = sum(token.kind is Kind.NUMBER or token.text in NUMBER_WORDS for token in around.tokens) > 1
    return bool(ENDS_OF_IT & set(after)) and (others or _sentence_asks(around))


def is_judged(around: Around) -> bool:
    """Return whether the number is only called normal, or called anything by somebody ("she said 4 is good")."""
    after = [token.text for token in around.after[:JUDGED_WITHIN]]
    if after[:1] and after[0] == "a":
        after = after[1:]
    if not after or after[0] not in JUDGES or around.after[0].gap is not Gap.NONE:
        return False
    said = set(after[1:])
    told = bool({token.text for token in around.before} & SAYERS)
    return bool(said & NORMAL and not said & OWN) or (told and bool(said & (NORMAL | VERDICTS)))


def is_clock(around: Around) -> bool:
    """Return whether a number above the scale is an hour written without its sign ("around 830 this morning")."""
    token, value = around.token, around.number.value
    before = {word.text for word in around.before}
    written = token.kind is Kind.NUMBER and value == value.to_integral_value() and value in CLOCK
    if not written or value % 100 not in MINUTES or before & PAIN or around.number.shape is not Shape.PLAIN:
        return False
    led = around.left is not None and around.left.text in CLOCK_LEADS and token.gap is Gap.NONE
    timed = bool({word.text for word in around.after[:3]} & CLOCK_DAY)
    # "About 150", "like 1000" overstate a pain; "around 830" does not.
    return led and (timed or (value >= SURE_CLOCK and value % 100 in SURE_MINUTES))


def tells_the_hour(around: Around) -> bool:
    """Return whether "its 4 in the morning" tells how late it is; "4 in the morning 6 at night" are two scores."""
    after = [word.text for word in around.after[:3]]
    leaves = bool(set(after[:1]) & LEAVES) or tuple(after[:2]) in LEAVES_SO
    if around.left is not None and around.left.text in NEARLY and around.token.gap is Gap.NONE and leaves:
        return True  # "Almost 8 gotta go to bed"; "almost an 8" scores.
    alone = sum(token.kind is Kind.NUMBER or token.text in NUMBER_WORDS for token in around.tokens) == 1
    led = around.left is not None and around.left.text in {"its", "til", "till", "until"}
    return alone and led and after[:1] == ["in"] and "morning" in after


def is_limit(around: Around) -> bool:
    """Return whether so many stairs are all that a patient can do, or the scale ends there ("on a 10 scale")."""
    after = [token.text for token in around.after[:2]]
    if after[:1] == ["scale"] or after == ["point", "scale"]:
        return True
    return len(after) > 1 and after[0] in STAIRS and after[1] in AS_A_LIMIT


def is_put_on(around: Around) -> bool:
    """Return whether a part of the body is "on 8", as slang says it."""
    words = [token.text for token in around.before[-2:]]
    if is_gone_with(around):
        return True
    return (
        len(words) > 1
        and words[1] == "on"
        and (words[0] in PAIN or (words[0] in BODY | ON_IT and around.number.value <= TOP))
    )


def is_gone_with(around: Around) -> bool:
    """Return whether a score is settled on ("im gonna go w 7", "sticking with 8", "ill go 5")."""
    words = [token.text for token in around.before[-3:]]
    if len(words) < 2 or around.token.gap is not Gap.NONE or around.number.value > TOP:
        return False
    if (words[-1] in WITH and words[-2] in SETTLES) or words[-2:] == ["tell", "you"]:
        return True
    return words[-1] == "go" and words[-2] in WILL_GO and not around.after


def is_vague(around: Around) -> bool:
    """Return whether "low 5s" or "mid 4s" tells a region and no score."""
    left, right = around.left, around.right
    return (
        left is not None and right is not None and right.glued and right.text == "s" and left.text in REGIONS
    )


def is_shaded(around: Around) -> bool:
    """Return whether "low" or "high" only shades a score ("a low 5", "high 6"); "high five" is none."""
    words = [
        token.text for token in around.before[-2:] if token.gap is Gap.NONE or token is around.before[-1]
    ]
    right = around.right
    plain = around.number.shape is Shape.PLAIN and around.number.value <= TOP
    if not plain or not words or words[-1] not in SHADES or around.token.gap is not Gap.NONE:
        return False
    glued = right is not None and right.glued
    if sum(token.text in SHADES for token in around.tokens) > 1:
        return False
    five = words[-1] == "high" and around.number.value == HIGH_FIVE
    return not (glued or five) and (len(words) == 1 or words[0] in BEFORE_SHADES)


def is_in_an_area(around: Around) -> bool:
    """Return whether a score is told by its area ("in the 4-5 range", "por ahí del 5")."""
    if [token.text for token in around.before[-2:]] == ["ahi", "del"]:
        return True
    return bool({token.text for token in around.after[:1]} & AREAS)


def exceeds_the_scale(around: Around) -> bool:
    """Return whether the pain is said to be over a number above the scale ("its over 9000")."""
    words = {token.text for token in around.before}
    return around.number.value > TOP and bool(words & EXCEEDS) and words <= EXCEEDS | BEFORE_EXCEEDS


def is_asked_about(around: Around) -> bool:
    """Return whether the number stands in a question about the scale ("what counts as a 5?", "is a 5 bad?")."""
    words = [token.text for token in around.before]
    exclaims = len(words) > 2 and words[1] in ARTICLES  # "What a day lol 3 y".
    asks = bool(words) and not (exclaims or set(words[1:2]) & ASKS_NOTHING)
    if asks and (words[0] in ASKS_SURELY or (words[0] in HOW and bool(set(words[1:2]) & HOW_ASKED))):
        return True
    if not _sentence_asks(around):
        return False
    opens = not words or words in (["un"], ["una"], ["a"])
    means = bool({token.text for token in around.after[:1]} & MEANS)
    return (asks and words[0] in ASKS) or (opens and means)


def _sentence_asks(around: Around) -> bool:
    for token in around.tokens[around.number.last + 1 :]:
        if token.text == "?":
            return True
        if token.gap is Gap.SENTENCE:
            return False
    return False


def is_hour(around: Around) -> bool:
    """Return whether a word such as "around" ties the number to something done at that hour."""
    words = [token.text for token in around.before]
    whole = around.number.value == around.number.value.to_integral_value()
    if not whole or around.token.gap is not Gap.NONE or not set(words[-1:]) & ROUGHLY:
        return False
    while words and words[-1] in ROUGHLY | {"como"}:
        words.pop()
    return bool(set(words) & DONE_THEN) and not (set(words[-1:]) & SCORED_THEN or set(words) & PAIN)


def is_difference(around: Around) -> bool:
    """Return whether the number is by how much the pain moved ("up 2 from monday", "2 less than monday")."""
    before = [token.text for token in around.before]
    after = [token.text for token in around.after[:2]]
    if len(after) > 1 and after[0] in LESS and after[1] in COMPARED:
        return True
    moved = bool(set(before[-1:]) & (MOVED - MOVED_TO_NOW)) and around.token.gap is Gap.NONE
    if before[-2:-1] == ["straight"] or (before[-2:-1] == ["way"] and after[:1] == ["now"]):
        return False  # "Straight up 7", "its way down 2 now".
    if before[-2:-1] and before[-2] in SAT | WOKE:
        return False  # "Finally sat down 5", "6 when i woke up 3 now".
    return moved and around.number.shape is Shape.PLAIN and not WRITES & set(before[-3:])
