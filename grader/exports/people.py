"""Who is who: the students of a graded class found again among the rows of another list.

Who uses it: fill. What goes in: the entries of a gradebook, and for each row who it names. What comes out: which entry
belongs to which row. The strongest sign goes first: a number or a login, then an e-mail address, then the name; a name
counts only where it stands for one person on either side, and a number does not where the names have nothing in common:
course systems number many things. Names are compared without regard to case, to the order of
first and last name, and to how an accent is put together (NFC, NFD).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from grader.gradebook import Entry

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Person:
    """Who a row names; what it does not say is empty."""

    ids: tuple[str, ...] = ()
    email: str = ""
    name: str = ""


@dataclass
class Matches:
    """Which entry belongs to which row, and who is left."""

    of_row: dict[int, Entry] = field(default_factory=dict)
    by_name: list[Entry] = field(default_factory=list)  # found by the name alone
    doubtful: dict[int, list[Entry]] = field(default_factory=dict)  # rows that fit no one entry alone
    unknown: dict[str, Entry] = field(default_factory=dict)  # entries without a row, by id


def same(text: str) -> str:
    """`text` so that it equals whatever a reader takes for the same."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def name_key(name: str) -> str:
    """A name so that `Doe, Jane` and `Jane Doe` are one."""
    return " ".join(sorted(re.findall(r"[^\s,;]+", unicodedata.normalize("NFC", same(name)))))


def match(entries: Iterable[Entry], people: Mapping[int, Person]) -> Matches:
    """Finds the row of each entry among `people`, by row."""
    everybody, found = list(entries), Matches()
    found.unknown = {entry.id: entry for entry in everybody}
    for of_entry, of_person in SIGNS:
        is_name = of_entry is _names
        mine = _by_key([(entry, of_entry(entry)) for entry in (everybody if is_name else found.unknown.values())])
        theirs = _by_key([(row, of_person(each)) for row, each in people.items() if is_name or _is_free(row, found)])
        for key in sorted(mine.keys() & theirs.keys()):
            _pair(found, mine[key], theirs[key], people, is_name)
    found.doubtful = {row: there for row, there in found.doubtful.items() if row not in found.of_row}
    return found


def _pair(found: Matches, entries: list[Entry], rows: list[int], people: Mapping[int, Person], by_name: bool) -> None:
    """One of each belong together; who shares a sign with others is in doubt."""
    free = [entry for entry in entries if entry.id in found.unknown]
    one_each = len(entries) == len(rows) == len(free) == 1 and _is_free(rows[0], found)
    if one_each and not are_strangers(free[0], people[rows[0]]):
        found.of_row[rows[0]] = free[0]
        del found.unknown[free[0].id]
        found.by_name += free if by_name else []
    elif free:
        found.doubtful |= {row: free for row in rows if _is_free(row, found)}


def are_strangers(entry: Entry, person: Person) -> bool:
    """Whether two have names in one script, and neither an address nor a part of the name in common."""
    mine, theirs = re.findall(r"\w+", name_key(entry.name)), re.findall(r"\w+", name_key(person.name))
    is_no_name = not mine or not theirs or same(entry.name) in {same(entry.id), same(entry.student_id)}
    if is_no_name or (entry.email and same(entry.email) in {same(text) for text in (person.email, *person.ids)}):
        return False
    if "".join(mine).isascii() != "".join(theirs).isascii():
        return False
    return not any(a in b or b in a for a in mine for b in theirs)


def _names(entry: Entry) -> set[str]:
    return _keys(name_key, entry.name)


SIGNS: tuple[tuple[Callable[[Entry], set[str]], Callable[[Person], set[str]]], ...] = (
    (lambda entry: _keys(same, entry.student_id), lambda person: _keys(same, *person.ids)),
    (lambda entry: _keys(same, entry.id), lambda person: _keys(same, *person.ids)),
    (lambda entry: _keys(same, entry.email), lambda person: _keys(same, person.email, *person.ids)),
    (_names, lambda person: _keys(name_key, person.name)),
)


def _is_free(row: int, found: Matches) -> bool:
    return row not in found.of_row and row not in found.doubtful


def _keys(how: Callable[[str], str], *texts: str) -> set[str]:
    return {how(text) for text in texts if text.strip()}


def _by_key(pairs: Iterable[tuple[Thing, set[str]]]) -> dict[str, list[Thing]]:
    index: dict[str, list[Thing]] = defaultdict(list)
    for thing, keys in pairs:
        for key in keys:
            index[key].append(thing)
    return index
