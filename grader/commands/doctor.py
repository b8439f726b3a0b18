"""`grade doctor`: what this machine can do, and how to get the rest."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from grader.options import ALL, NOT_ALL, Lang, language, speaker

SIGNS = {True: ("✓", "+", "green"), False: ("✗", "x", "red"), None: ("–", "-", "dim")}


def doctor(lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None) -> int:
    """Say what this machine can do, and how to get the rest."""
    from rich.text import Text

    from grader import __version__
    from grader.walls import machine
    from grader.words.explain import safe_line
    from grader.words.prose import indented
    from grader.words.terminal import can_encode, open_console

    spoken = language(lang)
    say, console = speaker(spoken), open_console(sys.stdout)
    comma = say("list_comma")
    console.print(f"grade {__version__}")
    graded = True
    for fact in machine.facts(spoken):
        fine, plain, colour = SIGNS[fact.fine]
        told = {name: text if isinstance(text, str) else comma.join(text) for name, text in fact.facts.items()}
        facts = {name: safe_line(text, 300) for name, text in told.items()}
        head = Text.assemble((fine if can_encode(console.encoding) else plain, colour), " ", (say(fact.about), "bold"))
        console.print(head)
        for key in (fact.told, *fact.ways):
            console.print(indented(say(key, **facts), console))
        graded &= not (fact.about == "doctor_sandbox" and fact.fine is False)
    return ALL if graded else NOT_ALL
