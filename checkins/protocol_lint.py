"""What a protocol's words must not hold, and what makes them dear or hard to read: findings with reasons."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checkins.asking import asking_text
from checkins.cadence import LANGUAGES, LONGEST_WORDS, Content
from checkins.named_people import named_in
from checkins.replies.reader import read
from checkins.replies.reading import Question, ReplyRequest
from checkins.segments import count_segments

# Texts travel unencrypted and light up on a locked screen: nothing in them may say what somebody is treated for
# (45 CFR 164.502(b), minimum necessary, 2024).
_DIAGNOSES = re.compile(
    r"\b(diagnos\w*|diagn[oó]stic\w*|arthrit\w*|artrit\w*|arthros\w*|artros\w*|osteo\w*|tend[io]n\w*|bursitis"
    r"|sciatica|ci[aá]tica|(e?s)tenosis|hernia\w*|scoliosis|escoliosis|spondyl\w*|espondil\w*|fractur\w*"
    r"|replacements?|pr[oó]tesis|prosthe\w*|reemplaz\w*|arthroplast\w*|artroplast\w*|arthroscop\w*|artroscop\w*"
    r"|surger\w*|surgical|cirug[ií]a\w*|quir[uú]rgic\w*|operations?|operaci[oó]n\w*|operad[oa]s?|operaron"
    r"|post-?\s?op\w*|implant\w*|torn|tears?|ruptur\w*|rotura\w*|desgarr\w*|sprain\w*|esguince\w*"
    r"|[apm]cl|lcl|ucl|lc[ap]|t[khs][ar]|thr|rtsa|acdf|orif|ligament\w*|menisc\w*|labr(um|al)|rotator\w*|manguito"
    r"|frozen|capsulitis|impingement|carpal|carpiano|fas?cia?itis|whiplash|concussion|dislocat\w*|amputa\w*"
    r"|fibromyalgia|fibromialgia|neuropath\w*|neuropat[ií]a|stroke|derrame|cancer|c[aá]ncer"
    r"|diabet\w*|depress\w*|depresi[oó]n|hiv|vih|pregnan\w*|embaraz\w*|parkinson\w*|opioid\w*)\b",
    re.IGNORECASE,
)
# A part of the body tells what is treated too, and the product's own texts get by without one. A movement that
# somebody is asked to rate may need one.
_BODY = re.compile(
    r"\b(knees?|hips?|shoulders?|ankles?|elbows?|wrists?|spine|lower back|low back|your back|neck|back pain"
    r"|rodillas?|caderas?|hombros?|tobillos?|codos?|mu[nñ]ecas?|columna|espalda|cuello)\b",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(birth\s?date|date of birth|dob|born|fecha de nacimiento|naci[oó])\b", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b")
_NUMBER = re.compile(r"\b\d{5,}\b|\b\d{3}[ .-]\d{3,4}\b")
_NAME = re.compile(
    r"\b(mr|mrs|ms|miss|mister|dr|dra|sr|sra|srta|se[nñ]or|se[nñ]ora|se[nñ]orita|do[nñ]a)\.?\s+[A-ZÁÉÍÓÚÑ]\w+|\{\s*(first_?name|name|nombre)\s*\}",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\{([^{}]*)\}")
_KEYWORDS = re.compile(
    r"\b(reply|text|answer|responda|conteste)\s+(yes|stop|end|quit|cancel|start|help|unsubscribe)\b",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://|www\.|\b\w+\.(com|org|net|ly|io)\b", re.IGNORECASE)
_MOST_SEGMENTS = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a protocol's words: where, whether it must go, and what to do."""

    where: str
    must_go: bool
    sentence: str


def lint(content: Content, *, practice: str) -> tuple[Finding, ...]:
    """Return what is wrong with a protocol's words, what must go first.

    `practice` is the name that texts begin with.
    """
    found = [
        finding
        for language in LANGUAGES
        for part in (
            _own_words(content, language, practice=practice),
            _as_sent(content, language, practice=practice),
        )
        for finding in part
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: not each.must_go))


_NAMES_SOMEBODY = "holds a name: texts name nobody but the practice."
_FORBIDDEN = (
    (_DIAGNOSES, "holds a diagnosis or a treatment: anybody may see a text on a locked screen. Take it out."),
    (_BIRTH, "asks or tells about birth: take it out."),
    (_DATE, "holds a date: take it out."),
    (_NUMBER, "holds a long number, which may be a record or a phone number: take it out."),
    (_NAME, _NAMES_SOMEBODY),
    (_LINK, "holds a link: carriers block them, and patients should not learn to follow links."),
)


def _own_words(content: Content, language: str, *, practice: str) -> Iterator[Finding]:
    pieces = {f"text.{language}": content.texts.get(language, "")}
    if "function" in content.items:
        pieces[f"activity.{language}"] = content.activity.get(language, "")
    if "free" in content.items:
        pieces[f"question.{language}"] = content.question.get(language, "")
    for place, phase in enumerate(content.phases, start=1):
        if "milestone" in content.items and phase.milestone:
            pieces[f"milestone.{language}.{place}"] = phase.milestone[language]
    # An activity that is asked about on some days only follows the protocol's own words by itself.
    is_daily = "function" not in content.item_days
    for where, words in pieces.items():
        yield from _in_words(where, words, may_fill=where.startswith("text") and is_daily, practice=practice)
        yield from _may_tell(where, words, practice=practice)
    yield from _questions(content, language)


def _may_tell(where: str, words: str, *, practice: str) -> Iterator[Finding]:
    """Yield what tells too much in a text of many, and is seldom avoidable in a movement."""
    if match := _BODY.search(words):
        yield Finding(
            where,
            where.startswith(("text", "question")),
            f"“{match.group()}” names a part of the body, which tells what is treated: ask without it.",
        )
    for named in named_in(words, practice=practice):
        if not named.is_certain:
            yield Finding(where, False, f"“{named.words}” may be a name: texts name nobody but the practice.")


def lint_words(words: str, *, where: str = "words", names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return what words written for one patient must not hold; `names` are the patient's own."""
    found = list(_in_words(where, words, may_fill=False))
    said = {each.lower() for each in re.findall(r"[^\W\d_]+", words)}
    for name in names:
        if any(part.lower() in said for part in name.split() if len(part) > 1):
            found.append(Finding(where, True, f"“{name}” {_NAMES_SOMEBODY}"))
    return tuple(found)


def _in_words(where: str, words: str, *, may_fill: bool, practice: str = "") -> Iterator[Finding]:
    if words:
        for pattern, sentence in _FORBIDDEN:
            if match := pattern.search(words):
                yield Finding(where, True, f"“{match.group().strip()}” {sentence}")
        named = next((each for each in named_in(words, practice=practice) if each.is_certain), None)
        if named and not _NAME.search(words):
            yield Finding(where, True, f"“{named.words}” {_NAMES_SOMEBODY}")
        if match := _KEYWORDS.search(words):
            yield Finding(
                where,
                True,
                f"“{match.group()}” asks for a word that the carrier takes for itself: ask for Y or N.",
            )
        for place in _PLACE.findall(words):
            if place != "activity" or not may_fill:
                yield Finding(
                    where, True, f"{{{place}}} is no place that can be filled: write {{activity}} or words."
                )


def _questions(content: Content, language: str) -> Iterator[Finding]:
    own = content.texts.get(language, "")
    if not own:
        return
    if "?" not in own:
        yield Finding(
            f"text.{language}", True, "The text asks nothing: end each question with a question mark."
        )
    if ("pain" in content.always or "function" in content.always) and "10" not in own:
        yield Finding(f"text.{language}", False, "The text does not say that the scale goes from 0 to 10.")


def _as_sent(content: Content, language: str, *, practice: str) -> Iterator[Finding]:
    where = f"text.{language}"
    # The longest text it can send: everything on one day, with as long an activity as a patient may have.
    longest = "x" * LONGEST_WORDS if "function" in content.items else ""
    text = asking_text(content, language, practice=practice).text
    dearest = count_segments(asking_text(content, language, practice=practice, activity=longest).text).count
    if dearest > _MOST_SEGMENTS >= count_segments(text).count:
        yield Finding(
            where,
            False,
            f"With an activity of {LONGEST_WORDS} letters it takes {dearest} segments: keep patients' own short.",
        )
    counted = count_segments(text)
    if counted.count > _MOST_SEGMENTS:
        yield Finding(
            where, True, f"The text takes {counted.count} segments: shorten it to {_MOST_SEGMENTS} at most."
        )
    elif counted.count == _MOST_SEGMENTS:
        yield Finding(where, False, "The text takes 2 segments and costs twice: shorten it if you can.")
    if counted.warning:
        yield Finding(where, False, counted.warning)
    # Phones quote what they answer: our own words must never be taken for an answer or an alarm.
    quoted = read(ReplyRequest(texts=(f"Liked “{text}”",), open=tuple(Question), prompt=text))
    invented = quoted.answers.answered() - {Question.FREE}
    if quoted.red_flag is not None or quoted.consent is not None or invented:
        yield Finding(
            where, True, "Quoted back by a phone these words would be read as an answer: word them otherwise."
        )
