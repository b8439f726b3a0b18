"""Pairs of students whose functions are alike in what few others have, as one HTML page: where a teacher may look.

Who uses it: the command similar. In goes the class as likeness sees it, the pairs, and who is who; out comes the text
of the page, with both texts of each function side by side. Nothing is said of why they are alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.classes.likeness import REST, Likeness, Pair
from grader.course import Course
from grader.pages.environment import template
from grader.words import explain

MOST_PIECES, MOST_CHOICES = 6, 12
Parts = list[tuple[str, bool]]


@dataclass(frozen=True)
class PieceView:
    """One function of both."""

    title: str
    left: Parts
    right: Parts


@dataclass(frozen=True)
class PairView:
    """Two students."""

    left: str
    right: str
    choices: list[tuple[str, int]]
    pieces: list[PieceView]
    more: int  # pieces that are not shown


def page(class_: Likeness, pairs: list[Pair], names: Mapping[str, str], course: Course, lang: str) -> str:
    """The page of these pairs; `names` says how the students are called, by id."""
    return template("pairs.html").render(
        course=course,
        lang=lang,
        w=lambda key, **facts: explain.word(course, key, lang, **facts),
        pairs=[_pair(class_, pair, names, course, lang) for pair in pairs],
        students=len(names),
        unread=[f"{_owner(who, names, course, lang)} {explain.exercise_number(ex)}" for who, ex in class_.unread],
    )


def _owner(who: str, names: Mapping[str, str], course: Course, lang: str) -> str:
    return explain.safe_line(names[who], 80) if who else explain.word(course, "pairs_ours", lang)


def _pair(class_: Likeness, pair: Pair, names: Mapping[str, str], course: Course, lang: str) -> PairView:
    pieces = []
    for place in pair.places[:MOST_PIECES]:
        left, right = class_.marked(pair, place)
        pieces.append(PieceView(_title(pair.left.pieces[place].exercise, place, course, lang), left, right))
    choices = [(explain.safe_line(word, 80), count) for word, count in pair.choices[:MOST_CHOICES]]
    more = max(0, len(pair.places) - MOST_PIECES)
    return PairView(names[pair.left.id], names[pair.right.id], choices, pieces, more)


def _title(exercise: str, place: str, course: Course, lang: str) -> str:
    function = place.removeprefix(f"{exercise} ")
    called = (
        explain.word(course, "pairs_rest", lang) if function == REST else explain.function_name(function, course, lang)
    )
    return f"{explain.exercise_number(exercise)} {called}"
