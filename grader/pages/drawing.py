"""Who waits for whom, drawn: from a stuck check to a small SVG picture of boxes and arrows.

Who uses it: report puts it into the page, whose style sheet gives the colours by class; it holds no script and no
link. A box is a process, below one another in the order in which they are told; an arrow goes from the one who waits
to the one waited for: down on the left, up on the right. A circle of waiters is drawn heavier.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from markupsafe import Markup

from grader.course import Course
from grader.result import CheckResult, Waiting
from grader.words.explain import circle, who, word

MOST_BOXES = 6
WIDTH, BOX_LEFT, BOX_WIDTH, BOX_HEIGHT, STEP = 320, 44, 232, 46, 74
COLUMNS = 27  # of narrow characters that fit into a box


@dataclass(frozen=True)
class Box:
    """One process: what it is called and what it waits for."""

    name: str
    waits: str
    kind: str  # "wait", "held" or "other": one that is waited for and of whom no more is known


def waits_svg(check: CheckResult, course: Course, lang: str) -> Markup:
    """The picture of the waits of `check`; empty where nobody waits for anybody."""
    names = _names(check.waiting)
    arrows = [(names.index(each.who), names.index(each.on)) for each in check.waiting
              if each.on in names and each.who in names and each.waits_for != "held"]  # fmt: skip
    if not arrows:
        return Markup("")
    around = set(circle(check.waiting))
    boxes = [_box(name, check.waiting, course, lang) for name in names]
    parts = [_box_svg(index, box, names[index] in around) for index, box in enumerate(boxes)]
    for tail, head in dict.fromkeys(arrows):
        parts.append(_arrow_svg(tail, head, names[tail] in around and names[head] in around))
    height = STEP * (len(names) - 1) + BOX_HEIGHT + 8
    return Markup(
        '<svg class="waits" role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>'
    ).format(word(course, "waiting", lang), WIDTH, height, WIDTH, height, Markup("").join(parts))


def _names(waiting: list[Waiting]) -> list[str]:
    names = [name for each in waiting for name in (each.who, each.on) if name is not None]
    return list(dict.fromkeys(names))[:MOST_BOXES]


def _box(name: str, waiting: list[Waiting], course: Course, lang: str) -> Box:
    own = next((each for each in waiting if each.who == name), None)
    if own is None:
        return Box(who(name, course, lang), "", "other")
    key = own.waits_for if f"at_{own.waits_for}" in course.words else "unknown"
    line = f"{own.line}: " if own.line is not None else ""
    return Box(who(name, course, lang), line + word(course, f"at_{key}", lang), "held" if key == "held" else "wait")


def _box_svg(index: int, box: Box, in_circle: bool) -> Markup:
    top, middle = 4 + index * STEP, BOX_LEFT + BOX_WIDTH // 2
    name_at = top + (19 if box.waits else 28)
    return Markup(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="8"/>'
        '<text class="name" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="what" x="{}" y="{}" text-anchor="middle">{}</text></g>'
    ).format(
        f"{box.kind} circle" if in_circle else box.kind, BOX_LEFT, top, BOX_WIDTH, BOX_HEIGHT,
        middle, name_at, fit(box.name, COLUMNS), middle, top + 36, fit(box.waits, COLUMNS),
    )  # fmt: skip


def _arrow_svg(tail: int, head: int, in_circle: bool) -> Markup:
    down = head > tail
    edge, way = (BOX_LEFT, -1) if down else (BOX_LEFT + BOX_WIDTH, 1)
    start = 4 + tail * STEP + BOX_HEIGHT // 2 + (8 if down else -8) * (tail != head) + 10 * (tail == head)
    end = 4 + head * STEP + BOX_HEIGHT // 2 - (8 if down else -8) * (tail != head) - 10 * (tail == head)
    bend = edge + way * min(20 + 10 * abs(head - tail), 40)
    return Markup(
        '<g class="arrow{}"><path d="M{} {}C{} {} {} {} {} {}"/><path class="head" d="M{} {}l{} -5v10z"/></g>'
    ).format(
        " circle" if in_circle else "", edge, start, bend, start, bend, end, edge + way * 7, end,
        edge + way, end, way * 8,
    )  # fmt: skip


def fit(text: str, columns: int) -> str:
    """`text` cut so that it takes no more than `columns` columns, of which a Chinese character takes two."""
    taken = 0
    for index, char in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > columns:
            return text[: max(index - 3, 0)] + "..."
    return text
