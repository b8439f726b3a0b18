"""What is told of a result, as sentences in one language: pure functions from facts to words.

Who uses it: report (the page), drawing and console (the terminal). In goes a Result or a part of it, the course with
its words, and the language; out come strings. Nothing here reads or writes anything.

All that a submission could have had a say in goes through `safe` or `safe_line` here, so that it cannot steer a
terminal, reorder a line or hide in it. Escaping for HTML is another matter, and the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

from grader.course import Course
from grader.result import (
    SYSTEM,
    CheckResult,
    LoadError,
    Reveal,
    Verdict,
    Waiting,
)
from grader.visible import visible
from grader.words import loading
from grader.words.phrases import said_in
from grader.words.usual import usual

FIELDS = ("expected", "seen", "cause", "waiting", "your_line", "hint", "section", "printed")  # keys, as they are shown
SIGNS = {
    Verdict.PASSED: "\u2713",
    Verdict.FAILED: "\u2717",
    Verdict.CRASHED: "!",
    Verdict.STUCK: "\u221e",
    Verdict.SKIPPED: "\u2013",
    Verdict.BROKEN: "?",
}
ASCII_SIGNS = dict(zip(Verdict, "+x!~-?", strict=True))
RAISED = ("raised", "raised_in_child", "other_exception")
MOST_WAITING = 8  # a pool can have any number of workers that all wait alike

CHOICE = re.compile(r"\[\[(.*?)(?:\|(.*?))?\]\]", re.DOTALL)
PLACE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Explanation:
    """All that a student is told of one check, ready to be shown; what is not known is None or empty."""

    title: str
    verdict: str
    function: str
    expected: str | None
    seen: str | None
    causes: list[str]
    waiting: list[str]
    place: str | None  # "ex01_first_process.py:14"
    source: str | None
    hint: str | None
    section: str
    link: str | None
    output: str


def explain(exercise_id: str, check: CheckResult, course: Course, lang: str) -> Explanation:
    """What is told of `check`, which belongs to the exercise `exercise_id`."""
    return Explanation(
        title=title(exercise_id, check, course, lang),
        verdict=word(course, f"verdict_{check.verdict.value}", lang),
        function=function_name(check.function, course, lang),
        expected=_side(check, check.expected, course, lang),
        seen=_side(check, check.seen, course, lang),
        causes=causes(check, course, lang),
        waiting=waiting_sentences(check, course, lang),
        place=place(check),
        source=None if check.source is None else safe_line(check.source.strip(), 400),
        hint=hint(exercise_id, check, course, lang),
        section=section_title(check.section, course, lang),
        link=section_link(check.section, course),
        output=safe(check.output, 8000),
    )


def _side(check: CheckResult, side: str | None, course: Course, lang: str) -> str | None:
    """One side of the assertion; a bare yes or no says nothing that the cause does not say better."""
    if side is None or (check.cause and {check.expected, check.seen} == {"True", "False"}):
        return None
    return safe(said_in(lang, side, course))


def safe(text: str, limit: int = 2000) -> str:
    """`text` made harmless to show: what is invisible or steers becomes a visible escape; cut in the middle if long."""
    if len(text) > limit:
        half = limit // 2
        text = f"{text[:half]} [... {len(text) - 2 * half} ...] {text[-half:]}"
    return visible(text.replace("\r\n", "\n"))


def safe_line(text: str, limit: int = 160) -> str:
    """As `safe`, on one line."""
    return safe(text, limit).replace("\n", "\\n").replace("\t", " ")


def fill(template: str, facts: Mapping[str, str]) -> str:
    """`template` with its {places} filled; [[a|b]] is `a` where all its facts say something, else `b`; never raises."""
    if "{" not in template and "[[" not in template:
        return template  # most have neither, and a page has thousands of them

    def chosen(found: re.Match[str]) -> str:
        first, second = found.group(1), found.group(2)
        return first if all(facts.get(name) for name in PLACE.findall(first)) else second or ""

    filled = PLACE.sub(lambda found: safe_line(facts.get(found.group(1), ""), 600), CHOICE.sub(chosen, template))
    return filled if all(name in facts for name in PLACE.findall(template)) else re.sub(" {2,}", " ", filled).strip()


def word(course: Course, key: str, lang: str, /, **facts: object) -> str:
    """The words of the interface under `key`; raises KeyError where there are none."""
    return fill(course.words[key].in_(lang), {name: str(fact) for name, fact in facts.items() if fact is not None})


def title(exercise_id: str, check: CheckResult, course: Course, lang: str) -> str:
    """What the check claims; its own name made readable where the course does not know it."""
    exercise = course.exercises.get(exercise_id)
    known = exercise.checks.get(check.id) if exercise else None
    return known.title.in_(lang) if known else safe_line(check.id.removeprefix("check_").replace("_", " "))


def hint(exercise_id: str, check: CheckResult, course: Course, lang: str) -> str | None:
    """What helps to get the check to pass."""
    exercise = course.exercises.get(exercise_id)
    known = exercise.checks.get(check.id) if exercise else None
    withheld = check.verdict is Verdict.BROKEN or check.reveal is not Reveal.FULL
    return known.hint.in_(lang) if known and not withheld else None


def function_name(function: str, course: Course, lang: str) -> str:
    """The name of what a check grades, as it is written in code; a class has no parentheses."""
    if function == "import":
        return word(course, "importing", lang)
    name = safe_line(function, 80)
    return name if name[:1].isupper() else f"{name}()"


def causes(check: CheckResult, course: Course, lang: str) -> list[str]:
    """The sentences on why: that the fault is ours, the cause that the facts show, how it hangs."""
    told = _ours(check, course, lang) if check.verdict is Verdict.BROKEN else []
    if check.because == "budget":
        told.append(word(course, "told_budget", lang))
    if check.because == SYSTEM:
        told.append(word(course, "told_system", lang))
    if check.cause in course.causes:
        facts = {name: fact if name == "text" else said_in(lang, fact, course) for name, fact in check.facts.items()}
        facts |= {"text": facts["text"].removesuffix(".")} if "text" in facts else {}  # the words bring a full stop
        facts |= {"place": where} if (where := place(check)) else {}
        told.append(fill(course.causes[check.cause].in_(lang), facts))
    raised = (check.facts.get("type", ""), check.facts.get("text", ""), check.output)
    if check.cause in RAISED and (meant := usual(*raised)):
        told.append(word(course, meant[0], lang, **meant[1]))
    if check.verdict is Verdict.STUCK and f"hang_{check.hang}" in course.words:
        told.append(word(course, f"hang_{check.hang}", lang))
    return told


def _ours(check: CheckResult, course: Course, lang: str) -> list[str]:
    """That the fault is ours, and what a report of it should quote."""
    said = [line for line in check.facts.get("error", "").splitlines() if line.strip()]
    quoted = [word(course, "told_broken_error", lang, error=safe_line(said[-1].strip(), 300))] if said else []
    return [word(course, "told_broken", lang), *quoted]


def judged_by(check: CheckResult, course: Course, lang: str) -> str | None:
    """What the verdict of a stuck check rests on."""
    key = f"judge_{'asleep' if check.hang == 'asleep' else check.judge}"
    return word(course, key, lang) if key in course.words else None


def section_title(section: str, course: Course, lang: str) -> str:
    """The section's number and title: "7.10 A queue between processes"."""
    known = course.sections.get(section)
    return f"{section} {known.title.in_(lang)}" if known else safe_line(section)


def section_link(section: str, course: Course) -> str | None:
    """Where the section can be read."""
    known = course.sections.get(section)
    return known.link if known else None


def place(found: CheckResult | LoadError) -> str | None:
    """File and line that something points at."""
    if found.line is None:
        return None
    return f"{file_name(found.file)}:{found.line}" if found.file else f":{found.line}"


def file_name(path: str) -> str:
    """The last part of a path: where a submission was unpacked is nobody's business."""
    return safe_line(PurePath(path).name)


def who(text: str, course: Course, lang: str) -> str:
    """The words for a process, from what Waiting.who and .on hold: "main", "process NAME", "pool worker 2" ..."""
    if text in ("main", "manager"):
        return word(course, f"who_{text}", lang)
    for start, key in (("process ", "who_process"), ("pool worker ", "who_worker"), ("thread ", "who_thread")):
        if text.startswith(start):
            return word(course, key, lang, name=safe_line(text.removeprefix(start), 60))
    return word(course, "who_other", lang, name=safe_line(text, 60))


def waiting_sentences(check: CheckResult, course: Course, lang: str) -> list[str]:
    """Who waits at which line for what and whom; last, the circle if they wait in one."""
    usual = check.file or next((waiting.file for waiting in check.waiting), None)
    told = [_waiting_sentence(waiting, usual, check.facts, course, lang) for waiting in check.waiting[:MOST_WAITING]]
    if len(check.waiting) > MOST_WAITING:
        told.append(word(course, "wait_more", lang, count=len(check.waiting) - MOST_WAITING))
    if len(around := circle(check.waiting)) > 1:
        names = " -> ".join(who(name, course, lang) for name in [*around, around[0]])
        told.append(word(course, "wait_circle", lang, names=names))
    return told


def _waiting_sentence(waiting: Waiting, usual: str | None, facts: Mapping[str, str], course: Course, lang: str) -> str:
    wait = course.waits.get(waiting.waits_for, course.waits["unknown"]).in_(lang)
    known = {name: facts[name] for name in ("name", "seconds") if name in facts}
    if waiting.name is not None:
        known["name"] = waiting.name
    if waiting.seconds is not None:
        known["seconds"] = f"{waiting.seconds:.6f}".rstrip("0").removesuffix(".")
    if waiting.on is not None:
        alone = waiting.on == waiting.who and not waiting.who.startswith("thread ")
        known["on"] = word(course, "who_same", lang) if alone else who(waiting.on, course, lang)
    told = word(
        course,
        "wait_sentence" if waiting.line is None else "wait_sentence_line",
        lang,
        who=who(waiting.who, course, lang),
        wait=fill(wait, known),
        line=waiting.line,
        file=file_name(waiting.file) if waiting.file and waiting.file != usual else None,
    )
    return told[:1].upper() + told[1:]


def circle(waiting: list[Waiting]) -> list[str]:
    """The most who wait in a circle, each for the next and the last for the first; empty if none do."""
    on = {each.who: each.on for each in waiting if each.on is not None and each.waits_for != "held"}
    found: list[str] = []
    for start in on:
        path = [start]
        while (following := on.get(path[-1])) is not None and following not in path:
            path.append(following)
        if following == start and len(path) > len(found):
            found = path
    return found


def error_text(error: LoadError, course: Course, lang: str) -> str:
    """Why a file could not be loaded: "SyntaxError: invalid syntax"."""
    if error.type in ("stuck", "crashed"):
        hang = f"hang_{error.text}"
        how = word(course, hang, lang) if hang in course.words else safe(error.text)
        return " ".join([word(course, f"error_{error.type}", lang), how]).strip()
    return f"{safe_line(error.type)}: {safe(error.text)}"


def error_advice(error: LoadError, course: Course, lang: str) -> str:
    """What to do about a file that cannot be loaded."""
    key, facts = loading.advice(error)
    return word(course, key, lang, **facts)


def exercise_number(exercise_id: str) -> str:
    """The short name of an exercise: "ex07"."""
    return safe_line(exercise_id.partition("_")[0], 12)


def exercise_title(exercise_id: str, course: Course, lang: str) -> str:
    """The exercise's title, or its name where the course does not know it."""
    known = course.exercises.get(exercise_id)
    return known.title.in_(lang) if known else safe_line(exercise_id.partition("_")[2].replace("_", " ") or exercise_id)
