"""The timeline of a check as lanes and sentences: a CheckResult goes in, what is drawn and what is read comes out.

Who uses it: drawing (the picture), report (the list beside it) and console. Pure functions from facts to words. A lane
is a process. The columns of the picture are the events in their order, not the clock's time: what matters is what came
before what, what was there together, and what waited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.course import Course
from grader.result import CheckResult, Event, Waiting
from grader.words.explain import safe_line, who, word

MOST_COLUMNS, MOST_LANES = 40, 12
STATES = ("runs", "waits", "held", "dead")  # what a lane is in between two events; before its birth it is new
AFTER = {"born": "runs", "called": "runs", "checked_in": "runs", "held": "held", "released": "runs", "waits": "waits",
         "returned": "runs", "raised": "runs", "ended": "dead"}  # fmt: skip
CODES = {"born": "o", "ended": "x", "runs": "=", "waits": ".", "held": "#", "dead": "~"}  # in plain text


@dataclass
class Lane:
    """One process: from column to column in one state or another."""

    pid: int
    name: str
    parent: int | None = None  # the index of the lane of who started it
    spans: list[tuple[int, int, str]] = field(default_factory=list)  # from column, to column, state
    marks: list[tuple[int, str, str]] = field(default_factory=list)  # column, kind of event, what is said of it

    @property
    def born(self) -> int:
        """The column in which it begins."""
        return self.spans[0][0] if self.spans else 0


@dataclass(frozen=True)
class Line:
    """One event in words."""

    at: str
    who: str
    what: str
    source: str


@dataclass(frozen=True)
class Chart:
    """All lanes, over so many columns; `more` events are not drawn."""

    lanes: list[Lane]
    columns: int
    more: int = 0

    @property
    def states(self) -> set[str]:
        """The states that some process was in."""
        return {state for lane in self.lanes for _, _, state in lane.spans}

    @property
    def as_text(self) -> list[tuple[str, str]]:
        """Each lane's name, and a character for every column."""
        return [(lane.name, _text(lane, self.columns)) for lane in self.lanes]


def chart(check: CheckResult, course: Course, lang: str) -> Chart:
    """What is drawn of the timeline of `check`."""
    events = check.timeline[:MOST_COLUMNS]
    names = _names(check, course, lang)
    lanes = {pid: Lane(pid, name) for pid, name in list(names.items())[:MOST_LANES]}
    order = list(lanes)
    state: dict[int, tuple[int, str]] = {}
    for column, event in enumerate(events):
        lane = lanes.get(event.pid)
        if lane is None:
            continue
        after = AFTER.get(event.kind, "")
        if event.pid in state and state[event.pid][1] != after:
            lane.spans.append((state[event.pid][0], column, state[event.pid][1]))
        if event.kind == "born" and event.parent_pid in lanes:
            lane.parent = order.index(event.parent_pid)
        lane.marks.append((column, event.kind, sentence(event, names, course, lang)))
        if event.pid not in state or state[event.pid][1] != after:
            state[event.pid] = (column, after)
    for pid, (since, what) in state.items():
        if what:
            lanes[pid].spans.append((since, len(events), what))
    return Chart([lane for lane in lanes.values() if lane.marks], len(events), len(check.timeline) - len(events))


def lines(check: CheckResult, course: Course, lang: str) -> list[Line]:
    """The same as a list: when, who, what, and who says so."""
    names = _names(check, course, lang)
    return [
        Line(
            at=word(course, "at_seconds", lang, seconds=f"{event.at_s:.3f}"),
            who=names[event.pid],
            what=sentence(event, names, course, lang),
            source=_word_if_known(f"by_{event.by}", course, lang),
        )
        for event in check.timeline
    ]


def _word_if_known(key: str, course: Course, lang: str) -> str:
    return word(course, key, lang) if key in course.words else safe_line(key, 40)


def _names(check: CheckResult, course: Course, lang: str) -> dict[int, str]:
    """What each process is called, by PID, in the order of their births; a thread's name is not its process's."""
    known: dict[int, str] = {}
    everybody: list[Event | Waiting] = [*check.timeline, *check.waiting]
    for said in everybody:
        known.setdefault(said.pid, "")
        if said.who and not said.who.startswith("thread "):
            known[said.pid] = said.who
    return {pid: who(name, course, lang) if name else word(course, "who_pid", lang, pid=pid)
            for pid, name in known.items()}  # fmt: skip


def sentence(event: Event, names: Mapping[int, str], course: Course, lang: str) -> str:
    """What happened, without who it happened to."""
    detail = None if event.detail is None else safe_line(event.detail, 60)
    facts: dict[str, object] = {"name": detail}
    if event.kind == "born":
        facts = {"parent": names.get(event.parent_pid or 0)}
    elif event.kind == "waits":
        key = f"at_{detail}"
        wait = word(course, key, lang) if detail != "unknown" and key in course.words else None
        on = None if event.on is None else who(event.on, course, lang)
        facts = {"wait": wait, "on": on, "line": event.line}
    elif event.kind == "released":
        key = f"order_{detail}"
        facts = {"order": word(course, key, lang) if key in course.words else None}
    elif event.kind == "ended" and detail is not None:
        facts = {"code": detail} if detail.isdigit() else {"signal": detail}
    key = f"event_{event.kind}"
    return word(course, key, lang, **facts) if key in course.words else safe_line(event.kind, 40)


def _text(lane: Lane, columns: int) -> str:
    row = [" "] * columns
    for start, end, state in lane.spans:
        row[start:end] = CODES.get(state, " ") * (end - start)
    for column, kind, _ in lane.marks:
        if kind in ("born", "ended"):
            row[column] = CODES[kind]
    return "".join(row).rstrip()
