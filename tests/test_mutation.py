"""The mutation tool itself: which mutants a text gives, and how the list of equivalent ones is read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

pytest.importorskip("mutmut", reason="the mutation tool has an environment of its own: tox -e mutation")

from mutation import __main__ as command
from mutation import equivalent
from mutation.mutants import Mutant, mutants

TEXT = '''
"""A text."""

import queue


class Reader:
    """A class."""

    def read(self, source, count=1):
        """A method."""
        values = []  # a comment
        while len(values) < count:
            try:
                values.append(source.get(block=False))
            except queue.Empty:
                break
        return values
'''


def changes(text: str) -> list[tuple[str, str]]:
    return [(mutant.was, mutant.becomes) for mutant in mutants(text)]


def test_every_mutant_is_another_program() -> None:
    dumps = [ast.dump(ast.parse(text)) for text in [TEXT, *(mutant.code for mutant in mutants(TEXT))]]

    assert len(dumps) > 20
    assert len(set(dumps)) == len(dumps)


def test_a_mutant_tells_its_function_and_its_lines() -> None:
    found = {mutant.key for mutant in mutants(TEXT)}

    assert ("Reader.read", "while len(values) < count:", "while len(values) <= count:") in found
    assert ("Reader.read", "values = []  # a comment", "pass") in found
    assert ("Reader.read", "return values", "return") in found
    assert ("Reader.read", "except queue.Empty:", "except Exception:") in found
    assert ("Reader.read", "values.append(source.get(block=False))", "values.append(source.get(block=True))") in found


def test_docstrings_and_imports_are_left_alone() -> None:
    found = mutants(TEXT)

    assert all('"""A class."""' in mutant.code and '"""A method."""' in mutant.code for mutant in found)
    assert all("\nimport queue\n" in mutant.code for mutant in found)


@pytest.mark.parametrize(
    "text, was, becomes",
    [
        ("if x: y()\nelse: z()", "else: z()", ""),
        ("if x: y()", "if x: y()", "if not (x): y()"),
        ("try: x()\nfinally: y()", "try: x()\nfinally: y()", "if True: x()"),
        ("try: x()\nexcept E: pass\nfinally: y()", "finally: y()", ""),
        ("try: x()\nexcept E: pass\nexcept F: pass", "except F: pass", ""),
        ("try: x()\nexcept E: pass\nelse: y()", "else: y()", ""),
        ("x = sorted(y)", "x = sorted(y)", "x = y"),
        ("def f():\n    x()\n    y()", "x()", "pass"),
        ("x = 1", "x = 1", "x = 2"),
    ],
)
def test_what_is_often_forgotten_is_a_mutant(text: str, was: str, becomes: str) -> None:
    assert (was, becomes) in changes(text)


def test_a_list_of_equivalent_mutants_is_read(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[ex99]]\nfunction = "f"\nwas = "x = 1"\nbecomes = """\nx = 2\n"""\nbecause = "x is not used."\n')

    assert equivalent.reasons("ex99", path) == {("f", "x = 1", "x = 2"): "x is not used."}
    assert equivalent.reasons("ex98", path) == {}


def test_the_rate_leaves_equivalent_mutants_out() -> None:
    tally = command.Tally("ex99", killed=19, survivors=[Mutant("f", "a", "b", "b")], equivalent=5)

    assert tally.rate == 0.95
    assert tally.is_enough


def test_an_entry_that_is_killed_is_not_true() -> None:
    tally = command.Tally("ex99")
    command._count(tally, Mutant("f", "a", "b", "b"), killed=True, known=True)

    assert not tally.is_enough
    assert tally.untrue == ["is killed, so it is not equivalent: f\n- a\n+ b"]


def test_a_survivor_lowers_the_rate() -> None:
    tally = command.Tally("ex99", killed=9)
    command._count(tally, Mutant("f", "a", "b", "b"), killed=False, known=False)

    assert tally.rate == 0.9
    assert not tally.is_enough
