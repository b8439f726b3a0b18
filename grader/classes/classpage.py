"""A graded class as one HTML page: what is to be seen to first, who makes which mistakes, how it went, and everybody.

Who uses it: batch, and the command report. In goes a gradebook with its results, the course and a language; out comes
the text of the page. It stands alone, and works from file://. Its one script sorts and searches; without it everything
is there to be read. What may run is named by its hash in the page's own policy.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from grader import gradebook
from grader.classes import roll, tallies
from grader.classes.tallies import Count, Mistake, Part, Row, Tally
from grader.course import HOME, Course
from grader.exports import sheets
from grader.exports.people import name_key
from grader.gradebook import Entry, EntryState, Gradebook
from grader.pages.environment import template
from grader.result import Result, State, put_atomically
from grader.words import explain

PAGE, CSV = "index.html", "gradebook.csv"
HARDEST = 12
CHECK_REM = 0.2  # how wide a check is
FEW = 12  # names that are shown without being asked for
MANY = 150  # rows; of more, those out of sight are laid out when they come into sight
NO_SCORE = "–"
SIGNS = {State.MISSING: "–", State.UNTOUCHED: "·", State.UNLOADABLE: "!"}
SENTENCE = re.compile(r"(?<=[.?!。？！])\s*")
CONTROL = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Name:
    """A student, with where to go for more; no link where there is no page."""

    text: str
    link: str | None
    why: str = ""


@dataclass(frozen=True)
class MistakeView:
    """One mistake as the page shows it."""

    what: str
    told: str
    names: list[Name]
    where: str
    section: str
    link: str | None


@dataclass(frozen=True)
class HardView:
    """One of the hardest checks."""

    number: str
    title: str
    function: str
    failed: int
    judged: int
    percent: int


@dataclass(frozen=True)
class Cell:
    """One exercise of one student."""

    text: str
    kind: str  # the class that draws its stripes
    anchor: str  # on the student's page


@dataclass(frozen=True)
class RowView:
    """One line of the table."""

    name: Name
    id: str
    who: str  # what else is searched for
    percent: str
    points: str
    when: str
    late: bool
    cells: list[Cell]


def write(out: Path, book: Gradebook, course: Course, lang: str) -> None:
    """Writes the page and gradebook.csv into `out`, the folder of a graded class."""
    put_atomically(out / PAGE, page(book, course, lang, lambda entry: roll.summed(out, entry)).encode("utf-8"))
    put_atomically(out / CSV, sheets.gradebook_csv(book))


def write_reports(out: Path, book: Gradebook, page: roll.Page) -> None:
    """Writes the page of each who has a result anew."""
    for entry in book.entries:
        if (result := roll.summed(out, entry)) is not None:
            put_atomically(roll.own(gradebook.folder_of(out, entry)) / gradebook.REPORT, page(result))


def page(book: Gradebook, course: Course, lang: str, result_of: Callable[[Entry], Result | None]) -> str:
    """The page of a class."""
    tally = tallies.tally(book, result_of, course)
    stripes, names, entries = _Stripes(), _Names(book), {entry.id: entry for entry in book.entries}
    words = functools.partial(explain.word, course)
    bins = tally.bins()
    exercises = {name: course.exercises[name] for name in tally.exercises()}
    rows = [_row(row, names.of(row.entry), exercises, stripes) for row in tally.rows]
    widths = [max(5.25, round(len(known.checks) * CHECK_REM, 2)) for known in exercises.values()]
    return template("class.html").render(
        book=book,
        course=course,
        lang=lang,
        w=lambda key, **facts: words(key, lang, **facts),
        tally=tally,
        graded=len(tally.percents()),
        median=tally.median(),
        whole=bins[-1],
        bins=[(f"{10 * n}–{10 * n + 9}" if n < 10 else "100", count) for n, count in enumerate(bins)],
        tallest=max(bins),
        broken=_broken(book, names, tally, course, lang),
        states={state.value: _of_state(book, names, state) for state in (EntryState.REFUSED, EntryState.WAITING)},
        missing=_of_state(book, names, EntryState.MISSING),
        unknown=[names.of(entry) for entry in book.unknown],
        noted=[names.of(entry, why=_notes(entry)) for entry in book.entries if entry.result and entry.notes],
        mistakes=[_mistake(each, entries, names, course, lang) for each in tally.common()],
        hardest=[_hard(count, course, lang) for count in tally.hardest(HARDEST)],
        exercises=[(explain.exercise_number(name), explain.exercise_title(name, course, lang), len(known.checks))
                   for name, known in exercises.items()],
        widths=widths,
        rows=rows,
        stripes=stripes.style(),
        signs=SIGNS,
        few=FEW,
        many=MANY,
        data=_data(course, exercises, lang, stripes),
        script=script(),
        script_hash=script_hash(),
    )  # fmt: skip


@functools.cache
def script() -> Markup:
    """What sorts and searches; without it the page is whole."""
    return Markup((HOME / "templates" / "class.js").read_text("utf-8").strip())


def script_hash() -> str:
    """How the page's policy names the script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script().encode("utf-8")).digest()).decode()


class _Stripes:
    """The patterns of checks that occur, each a class: a class of students has few compared with its cells."""

    def __init__(self) -> None:
        self._kinds: dict[str, int] = {}

    def kind(self, pattern: str) -> str:
        return f"h{self._kinds.setdefault(pattern, len(self._kinds))}"

    def patterns(self) -> list[str]:
        return list(self._kinds)

    def style(self) -> Markup:
        return Markup("\n".join(f".h{n}{{--h:{_gradient(p)}}}" for p, n in self._kinds.items()))


def _gradient(pattern: str) -> str:
    """A stripe for each check, neighbours alike drawn as one."""
    stops, at = [], 0
    for run in re.finditer(r"(.)\1*", pattern):
        start, at = at, run.end()
        stops.append(f"var(--{run.group(1)}) {100 * start / len(pattern):.5g}% {100 * at / len(pattern):.5g}%")
    return f"linear-gradient(90deg,{','.join(stops)})"


def _link(entry: Entry, anchor: str = "") -> str:
    at = f"{gradebook.SUBMISSIONS}/{quote(entry.id)}/{gradebook.REPORT}"
    return f"{at}#{anchor}" if anchor else at


class _Names:
    """How the students of a class are called: those of one name with their number."""

    def __init__(self, book: Gradebook) -> None:
        self._often = Counter(name_key(entry.name) for entry in book.entries)

    def of(self, entry: Entry, anchor: str = "", why: str = "") -> Name:
        text = entry.name or entry.id
        if self._often[name_key(entry.name)] > 1:
            text = f"{text} ({entry.student_id or entry.id})"
        return Name(explain.safe_line(text, 80), _link(entry, anchor) if entry.result else None, why)


def _of_state(book: Gradebook, names: _Names, state: EntryState) -> list[Name]:
    return [names.of(entry, why=explain.safe_line(entry.reason)) for entry in book.entries if entry.state is state]


def _notes(entry: Entry) -> str:
    return "; ".join(explain.safe_line(note) for note in entry.notes)


def _broken(book: Gradebook, names: _Names, tally: Tally, course: Course, lang: str) -> list[Name]:
    """Whom we could not judge, or not in everything."""
    found = []
    for entry in book.entries:
        checks = tally.broken.get(entry.id, [])
        claims = [
            f"{explain.exercise_number(e)} {course.exercises[e].checks[c].title.in_(lang)}" for e, c in checks[:2]
        ]
        more = f"+{len(checks) - len(claims)}" if len(checks) > len(claims) else ""
        if entry.state is EntryState.BROKEN or checks:
            found.append(names.of(entry, why=explain.safe_line(" ".join([entry.reason, *claims, more]).strip())))
    return found


def _mistake(mistake: Mistake, entries: dict[str, Entry], names: _Names, course: Course, lang: str) -> MistakeView:
    section = mistake.sections.most_common(1)[0][0] if mistake.sections else ""
    places = [_place(exercise, function, course, lang) for (exercise, function), _ in mistake.where.most_common(3)]
    more = len(mistake.where) - len(places)
    return MistakeView(
        what=_what(mistake, course, lang),
        told=_without_facts(course.causes[mistake.key].in_(lang)) if mistake.kind == "cause" else "",
        names=[names.of(entries[key], anchor) for key, anchor in mistake.who.items()],
        where=explain.word(course, "list_comma", lang).join(places) + (f" +{more}" if more else ""),
        section=explain.section_title(section, course, lang) if section else "",
        link=explain.section_link(section, course),
    )


def _what(mistake: Mistake, course: Course, lang: str) -> str:
    """What they do, in a few words: what the kit says of a cause, else the cause's own first sentence."""
    if mistake.kind == "load":
        known = f"mistake_of_loading_{mistake.key}"  # no exception: "stuck", "crashed"
        return (
            explain.word(course, known, lang)
            if known in course.words
            else explain.word(course, "mistake_of_loading", lang, type=mistake.key)
        )
    if mistake.kind == "wait":
        wait = explain.fill(course.waits[mistake.key].in_(lang), {})
        return explain.word(course, "mistake_of_waiting", lang, wait=wait)
    if f"mistake_{mistake.key}" in course.words:
        return explain.word(course, f"mistake_{mistake.key}", lang)
    return SENTENCE.split(explain.fill(course.causes[mistake.key].in_(lang), {}))[0]


def _place(exercise: str, function: str, course: Course, lang: str) -> str:
    called = explain.function_name(function, course, lang) if function else ""
    return f"{explain.exercise_number(exercise)} {called}".strip()


def _without_facts(told: str) -> str:
    """What is told of a cause whoever has it; nothing where it is of one student's facts."""
    return "" if explain.PLACE.search(explain.CHOICE.sub("", told)) else explain.fill(told, {})


def _hard(count: Count, course: Course, lang: str) -> HardView:
    check = course.exercises[count.exercise].checks[count.check]
    return HardView(
        number=explain.exercise_number(count.exercise),
        title=check.title.in_(lang),
        function=explain.function_name(check.function, course, lang),
        failed=count.failed,
        judged=count.judged,
        percent=100 * count.failed // count.judged,
    )


def _row(row: Row, name: Name, exercises: Iterable[str], stripes: _Stripes) -> RowView:
    entry = row.entry
    return RowView(
        name=name,
        id=explain.safe_line(entry.student_id or entry.id, 80),
        who=explain.safe_line(" ".join((entry.id, entry.student_id, entry.email, entry.group)), 300),
        percent=NO_SCORE if row.percent is None else str(row.percent),
        points=NO_SCORE if row.percent is None else f"{entry.score}+{entry.stretch}".removesuffix("+0"),
        when=(entry.submitted_at or "")[:16].replace("T", " "),
        late=bool(entry.late),
        cells=[_cell(row.parts[name], stripes) for name in exercises],
    )


def _cell(part: Part, stripes: _Stripes) -> Cell:
    return Cell(SIGNS.get(part.state, str(part.passed)), stripes.kind(part.pattern), part.anchor)


def _data(course: Course, exercises: Iterable[str], lang: str, stripes: _Stripes) -> Markup:
    """What the script says of a stripe: the titles of the checks, and the words of the verdicts."""
    said = {
        "patterns": stripes.patterns(),
        "checks": [[check.title.in_(lang) for check in course.exercises[name].checks.values()] for name in exercises],
        "verdicts": {
            letter: explain.word(course, f"verdict_{verdict.value}", lang)
            for verdict, letter in tallies.LETTERS.items()
        },
        "found": course.words["class_found"].in_(lang),
    }
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return Markup(re.sub("[&<>\u2028\u2029]", lambda found: CONTROL[found.group()], text))
