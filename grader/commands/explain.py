"""`grade explain`: a section of the course unit in one screen."""

from __future__ import annotations

import sys
from textwrap import indent
from typing import TYPE_CHECKING, Annotated

import typer

from grader.options import ALL, CourseFolder, Lang, WrongUse, home, language, named, one, speaker

if TYPE_CHECKING:
    from rich.console import Console, Group

    from grader.course import Course
    from grader.student.lessons import Lesson

WIDTH = 80


def explain(
    section: Annotated[
        str | None,
        typer.Argument(help="Which section, e.g. 7.10, or of which exercise. Without: shows them all."),
    ] = None,
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    course_folder: CourseFolder = None,
) -> int:
    """Explain a section in one screen: what it is, the usual mistakes, a small example."""
    from rich.style import Style
    from rich.text import Text

    from grader import course as courses
    from grader.student import lessons
    from grader.words.terminal import open_console

    at = home(course_folder)
    course, known = courses.load(at.course), lessons.load(at.course)
    console = open_console(sys.stdout)
    width = min(WIDTH, console.width) if console.is_terminal else WIDTH
    if section is None:
        for number in course.sections:
            console.print(f"{number:<5} {course.sections[number].title.in_(language(lang))}")
        return ALL
    for number in _sections(section, course):
        console.print(screen(number, known.get(number), course, language(lang), console), width=width, soft_wrap=False)
        link = course.sections[number].link
        console.print(Text(link, Style(link=link)), soft_wrap=True)  # in one piece, so that it can be followed
    return ALL


def _sections(wanted: str, course: Course) -> list[str]:
    """The sections that are meant: one, or those of an exercise."""
    if wanted in course.sections:
        return [wanted]
    if exercise := named(wanted, list(course.exercises)):
        return list(dict.fromkeys(check.section for check in course.exercises[exercise].checks.values()))
    if wanted.casefold().startswith("ex"):
        one(wanted, list(course.exercises))  # says which there are
    first, *_, last = course.sections
    raise WrongUse("use_no_section", section=wanted, first=first, last=last)


def screen(number: str, lesson: Lesson | None, course: Course, lang: str, console: Console) -> Group:
    """What is shown of one section above its link; where there is no lesson of it, its title."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from grader.words.prose import Prose
    from grader.words.terminal import code

    say, section = speaker(lang), course.sections[number]
    title = Text(f"{number} {section.title.in_(lang)}", style="bold")
    if lesson is None:
        return Group(title)
    mistakes = Table.grid(padding=(0, 1, 0, 0))
    for mistake in lesson.mistakes:
        mistakes.add_row("-", Prose(mistake.in_(lang)))
    return Group(
        title,
        Prose(lesson.what.in_(lang)),
        Text(),
        Text(say("explain_mistakes"), style="bold"),
        mistakes,
        Text(),
        code(indent(lesson.example.strip("\n"), "    "), console),
        Text(),
    )
