"""What `grade --help` and `grade COMMAND --help` say, in either language, within 80 columns.

Who uses it: cli. What goes in: the commands, as typer knows them: functions whose annotations say what each parameter
is for, in English. What comes out: text. The Chinese stands in help.toml under the English; what is not there is shown
in English. Chinese characters take two cells, and typer's own help does not know it.
"""

from __future__ import annotations

import functools
import inspect
import re
import typing
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from typer import Context
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from grader.words.prose import wrapped

WIDTH, LEFT, INDENT = 80, 26, "  "
HELP = Path(__file__).with_name("help.toml")
Commands = Mapping[str, Callable[..., object]]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a command: how it is written, what it is for, what holds without it."""

    is_option: bool
    written: str
    about: str
    default: str
    needed: bool


def top(about: str, commands: Commands, students: Collection[str], lang: str) -> str:
    """What `grade --help` says: the students' commands first."""
    say = functools.partial(translated, lang=lang)
    rows = [(name, summary(command, lang)) for name, command in commands.items() if name in students]
    others = [(name, summary(command, lang)) for name, command in commands.items() if name not in students]
    lines = [
        f"{say('Usage: grade')} [{say('COMMAND')}] [{say('OPTIONS')}]",
        "",
        *_paragraph(say(about)),
        "",
        say("Commands:"),
        *_columns(rows),
        "",
        say("For teachers and CI:"),
        *_columns(others),
        "",
        say("Options:"),
        *_columns(
            [("--version", say("Show the version and exit.")), ("-h, --help", say("Show this message and exit."))]
        ),
        "",
        *_paragraph(say("More of a command: grade COMMAND --help")),
    ]
    return "\n".join(lines) + "\n"


def page(name: str, command: Callable[..., object], lang: str) -> str:
    """What `grade NAME --help` says."""
    say = functools.partial(translated, lang=lang)
    known = list(parameters(command, lang))
    arguments = [each for each in known if not each.is_option]
    options = [(each.written, each.about + each.default) for each in known if each.is_option]
    options.append(("-h, --help", say("Show this message and exit.")))
    usage = [each.written if each.needed else f"[{each.written}]" for each in arguments]
    lines = [
        " ".join([say("Usage: grade"), name, f"[{say('OPTIONS')}]", *usage]),
        "",
        *_paragraph(summary(command, lang)),
    ]
    if arguments:
        lines += ["", say("Arguments:"), *_columns([(each.written, each.about + each.default) for each in arguments])]
    return "\n".join([*lines, "", say("Options:"), *_columns(options)]) + "\n"


def summary(command: Callable[..., object], lang: str) -> str:
    """What a command does, in a sentence."""
    return translated(inspect.getdoc(command) or "", lang)


def translated(text: str, lang: str) -> str:
    """`text` in `lang`; itself where there is no other."""
    return chinese()["texts"].get(" ".join(text.split()), text) if lang == "zh" else text


def wrong(said: str, lang: str) -> str:
    """What typer says of wrong arguments, in `lang`; as it is where it is not known."""
    from grader.words.explain import fill

    for pattern, words in chinese()["wrong"].items() if lang == "zh" else ():
        if found := re.fullmatch(pattern, said.strip()):
            return fill(words, {name: value for name, value in found.groupdict().items() if value is not None})
    return said


@functools.cache
def chinese() -> dict[str, dict[str, str]]:
    """The Chinese of what is said in English in the commands' code ("texts"), and of what typer says ("wrong")."""
    import msgspec

    return msgspec.toml.decode(HELP.read_bytes(), type=dict[str, dict[str, str]])


def parameters(command: Callable[..., object], lang: str = "en") -> Iterator[Parameter]:
    """The parameters of a command, in their order."""
    hints = typing.get_type_hints(command, include_extras=True)
    for name, parameter in inspect.signature(command).parameters.items():
        hint = hints[name]
        if hint is Context:  # typer's own
            continue
        if not hasattr(
            hint, "__metadata__"
        ):  # Python 3.10 makes `Annotated[...] | None` of it where None is the default
            hint = next(each for each in typing.get_args(hint) if hasattr(each, "__metadata__"))
        kind, *others = typing.get_args(hint)
        info = next(other for other in others if isinstance(other, ParameterInfo))
        yield _parameter(name, kind, info, parameter.default, lang)


def _parameter(name: str, kind: Any, info: ParameterInfo, default: object, lang: str) -> Parameter:
    about, needed = translated(info.help or "", lang), default is inspect.Parameter.empty
    if isinstance(info, ArgumentInfo):
        written = (info.metavar or name.upper()).strip("[]")
        return Parameter(False, written, about, "" if needed else _default(default, info, lang), needed)
    assert isinstance(info, OptionInfo)
    told = [each for each in (info.default, *(info.param_decls or ())) if isinstance(each, str) and each[:1] == "-"]
    declared = sorted(told or [f"--{name.replace('_', '-')}"], key=len)
    value = "" if kind is bool else f" <{_value(kind, lang)}>"
    return Parameter(True, ", ".join(declared) + value, about, _default(default, info, lang), needed)


def _value(kind: Any, lang: str) -> str:
    """What is to be written for a value of this kind."""
    kinds = [each for each in typing.get_args(kind) or (kind,) if each is not type(None)]
    first = kinds[0]
    if isinstance(first, type) and issubclass(first, Enum):
        return "|".join(str(member.value) for member in first)
    named = {Path: "path", int: "number", float: "number"}.get(first, "text")
    return translated(named, lang)


def _default(default: object, info: ParameterInfo, lang: str) -> str:
    told = []
    if isinstance(info.envvar, str):
        told.append(f"{translated('else', lang)} {info.envvar}")
    if default not in (None, False, "", inspect.Parameter.empty, Path()):
        told.append(f"{translated('default', lang)} {default.value if isinstance(default, Enum) else default}")
    if isinstance(info.min, (int, float)):
        told.append(f"{translated('at least', lang)} {info.min}")
    return f" [{', '.join(told)}]" if told else ""


def _paragraph(text: str) -> list[str]:
    return [line for part in text.split("\n\n") for line in wrapped(" ".join(part.split()), WIDTH)]


def _columns(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Two columns; where the first is too wide, the second begins below it."""
    left = min(LEFT, max(cell_len(first) for first, _ in rows))
    indent = INDENT + " " * left + INDENT
    for first, second in rows:
        begin, *others = wrapped(second, WIDTH - len(indent))
        if cell_len(first) > left:
            yield INDENT + first
            yield indent + begin
        else:
            yield INDENT + first + " " * (left - cell_len(first)) + INDENT + begin
        yield from (indent + line for line in others)
