"""What goes into the reader and what comes out of it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

READER_VERSION = "2026.28"


class Question(StrEnum):
    """A question that a check-in can ask."""

    PAIN = "pain"
    EXERCISES = "exercises"
    FUNCTION = "function"
    MILESTONE = "milestone"
    FREE = "free"


# What is recorded as a value; a free answer is only ever read by a person.
RECORDED = (Question.PAIN, Question.EXERCISES, Question.FUNCTION, Question.MILESTONE)


class Exercises(StrEnum):
    """What a patient says about the day's exercises."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    LATER = "later"


class Milestone(StrEnum):
    """Whether a patient can do what was asked about."""

    YES = "yes"
    NO = "no"


class Consent(StrEnum):
    """What a text does to the consent to be texted."""

    OPT_OUT = "opt_out"
    CONFIRM_OPT_OUT = "confirm_opt_out"
    OPT_IN = "opt_in"
    CONFIRM_OPT_IN = "confirm_opt_in"


class Danger(StrEnum):
    """The class of a danger sign, the gravest first."""

    SELF_HARM = "self_harm"
    CARDIAC = "cardiac"
    RESPIRATORY = "respiratory"
    STROKE = "stroke"
    OVERDOSE = "overdose"
    ALLERGY = "allergy"
    CAUDA_EQUINA = "cauda_equina"
    ABUSE = "abuse"
    DVT = "dvt"
    SYNCOPE = "syncope"
    FALL = "fall"
    INFECTION = "infection"
    INJURY = "injury"
    SEVERE_PAIN = "severe_pain"
    DISTRESS = "distress"


class Level(StrEnum):
    """How fast a person must act, the fastest first."""

    L1 = "L1"
    L2 = "L2"
    REVIEW = "review"


class Kind(StrEnum):
    """What sort of message a text is."""

    ANSWER = "answer"
    REACTION = "reaction"
    AUTO_REPLY = "auto_reply"
    CARRIER_NOTICE = "carrier_notice"
    WRONG_NUMBER = "wrong_number"
    HELP = "help"
    IDENTIFY = "identify"
    MEDIA = "media"
    EMPTY = "empty"
    OTHER = "other"


class FollowUp(StrEnum):
    """What has to happen next."""

    NONE = "none"
    CLARIFY = "clarify"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Range:
    """Two scores that a patient gave for one question, both kept; 0 <= low < high <= 10."""

    low: Decimal
    high: Decimal


Score = Decimal | Range


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rule that took part in a decision and the words it rests on.

    `start` and `end` are offsets in the cleaned text number `index` of the request.
    """

    rule: str
    index: int = 0
    start: int = 0
    end: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A danger sign found in a text."""

    danger: Danger
    level: Level
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """The texts received since a prompt, oldest first, and the questions still open."""

    texts: tuple[str, ...]
    open: tuple[Question, ...] = ()
    language: str = "en"
    prompt: str | None = None
    media: int = 0
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Values that may be recorded; None where nothing sure was said.

    `free` is True where the texts answer the free question: their words stay what they are, for a person.
    """

    pain: Score | None = None
    exercises: Exercises | None = None
    function: Score | None = None
    milestone: Milestone | None = None
    free: bool | None = None

    def __bool__(self) -> bool:
        return bool(self.answered())

    def answered(self) -> frozenset[Question]:
        """Return the questions that have a value."""
        return frozenset(question for question in Question if getattr(self, question.value) is not None)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the texts mean, and which rules and words decided it."""

    answers: Answers
    consent: Consent | None
    red_flag: RedFlag | None
    kind: Kind
    follow_up: FollowUp
    evidence: tuple[Evidence, ...]
    red_flags: tuple[RedFlag, ...] = ()
    by_caregiver: bool = False
    language: str = "en"
    reader: str = field(default=READER_VERSION)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Rule names in the order they decided, each once."""
        return tuple(dict.fromkeys(item.rule for item in self.evidence))
