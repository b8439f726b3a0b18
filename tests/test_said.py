"""What the student's side said, outside: equal only to the very same, and a Finding where it is taken for another."""

from __future__ import annotations

from typing import Any

import pytest

from grader.finding import Finding
from grader.handles import said
from grader.handles.said import CameBack, Foreign, Said, same
from grader.harness import wire

ODD = Foreign("Odd", "int", 7)


def found(finding: pytest.ExceptionInfo[Finding]) -> tuple[str | None, str | None, str | None, dict[str, str]]:
    return finding.value.cause, finding.value.expected, finding.value.seen, finding.value.facts


# --- the same

VALUES: list[Any] = [
    None, False, True, 0, 1, 2, -0.0, 0.0, 1.0, float("inf"), "", "1", b"", b"1", [], (), set(), frozenset(), {},
    [1], (1,), {1}, frozenset({1}), {1: 1}, [True], (True,), {True}, frozenset({True}), {True: 1}, {1: True}, {1.0: 1},
    [[1], (1,)], [(1,), [1]], {"a": [1]}, {"a": (1,)}, {"a": 1, "b": 2}, {(1, 2)}, {(True, 2)}, {(1.0, 2)},
    frozenset({frozenset({1})}), frozenset({frozenset({True})}), {frozenset(range(9))}, {(frozenset({1}),): 1},
    {(frozenset({True}),): 1}, {None}, {"None"}, float("nan"),
]  # fmt: skip


@pytest.mark.parametrize("one", range(len(VALUES)), ids=lambda at: repr(VALUES[at]))
def test_value_is_the_same_as_itself_and_as_no_other(one: int) -> None:
    assert [at for at, other in enumerate(VALUES) if same(VALUES[one], other)] == [one]


def test_order_counts_only_where_a_type_has_one() -> None:
    large = [frozenset(range(9)), frozenset(range(8, -1, -1)), frozenset([8, 16, 0, *range(9)]) - {16}]
    assert all(same({one}, {other}) and same({one: 1}, {other: 1}) for one in large for other in large)
    assert same({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert same({1, "a", None}, {None, "a", 1})
    assert not same([1, 2], [2, 1])
    assert not same((1, 2), (2, 1))


def test_object_that_stayed_inside_is_the_same_as_nothing() -> None:
    assert not same(ODD, ODD)
    assert not same([ODD], [ODD])
    assert not same({"a": ODD}, {"a": ODD})


def test_said_compares_exactly_on_both_sides() -> None:
    assert Said(0) == 0
    assert Said(0) != False  # noqa: E712
    assert Said(1) != 1.0
    assert Said([1, (2,)]) == Said([1, (2,)])
    assert Said([1, (2,)]) != [1, [2]]
    assert (1 == Said(True)) is False  # noqa: SIM300
    assert Said(ODD) != Said(ODD)
    assert Said(None) != EqualsAll()


class EqualsAll:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def test_said_is_in_no_set() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        {Said(1)}


# --- looking into it


def test_said_gives_its_items_as_said() -> None:
    pair = Said([(1, "a"), {"k": 2}])
    assert len(pair) == 2
    assert [type(item) for item in pair] == [Said, Said]
    assert pair[0][1] == "a"
    assert pair[1]["k"] == 2
    assert pair[-1]["k"] != 2.0
    assert list(Said({"k": 2})) == ["k"]
    assert (Said({"k": 2})["k"].value, Said(5).type_name, Said(ODD).type_name) == (2, "int", "Odd")


def test_item_is_contained_only_with_its_type() -> None:
    assert (1, 2) in Said([(1, 2)])
    assert True not in Said([1])
    assert 1 in Said({1: "a"})
    assert "a" not in Said([ODD])


LOOKS: dict[str, Any] = {
    "length": len,
    "loop": list,
    "item": lambda value: value[0],
    "contains": lambda value: 1 in value,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize(
    ("value", "cause", "kind"),
    [(None, "returned_nothing", "NoneType"), (5, "wrong_type", "int"), ("ab", "wrong_type", "str"),
     (ODD, "wrong_type", "Odd"), (1.5, "wrong_type", "float")],
)  # fmt: skip
def test_what_holds_nothing_is_a_finding(look: Any, value: Any, cause: str, kind: str) -> None:
    with pytest.raises(Finding) as finding:
        look(Said(value))
    assert found(finding) == (cause, "a list or a tuple", repr(value), {"seen_type": kind})


@pytest.mark.parametrize(("value", "index"), [([1], 1), ((), 0), ({"a": 1}, "b"), ([1], "a"), ({1: 1}, [])])
def test_item_that_is_not_there_is_a_finding(value: Any, index: Any) -> None:
    with pytest.raises(Finding) as finding:
        Said(value)[index]
    assert found(finding)[:3] == ("wrong_type", f"something with an item {index!r}", repr(value))


# --- handles


def test_handle_is_asked_for_attributes_and_called() -> None:
    asked: list[Any] = []

    def ask(do: str, thing: Foreign, args: tuple[Any, ...]) -> Said:
        asked.append((do, thing.handle, args))
        return Said(len(asked))

    held = Said([ODD], ask)
    assert held[0].pid == 1
    assert held[0](1, "a") == 2
    assert next(iter(held)).name == 3
    assert asked == [("get", 7, ("pid",)), ("call", 7, (1, "a")), ("get", 7, ("name",))]


@pytest.mark.parametrize("value", [5, None, Foreign("Odd", "int"), [ODD]], ids=repr)
def test_what_is_no_handle_has_no_attributes(value: Any) -> None:
    cause = "returned_nothing" if value is None else "wrong_type"
    with pytest.raises(Finding) as finding:
        _ = Said(value, lambda *asked: asked).pid
    assert found(finding)[:3] == (cause, "an object with .pid", repr(value))
    with pytest.raises(Finding) as finding:
        Said(value, lambda *asked: asked)()
    assert found(finding)[:2] == (cause, "an object")


def test_handle_that_nobody_answers_for_is_only_looked_at() -> None:
    with pytest.raises(Finding, match="wrong_type"):
        _ = Said(ODD).pid


def test_names_of_pythons_own_are_never_asked_for() -> None:
    with pytest.raises(AttributeError):
        _ = Said(ODD, lambda *asked: asked).__wrapped__


# --- what comes over the wire


def test_tags_stand_for_what_stayed_inside_and_for_what_was_lent() -> None:
    heard = said.hear(
        [{"handle": 7, "type": "Odd", "base": "int"}, {"object": "Odd", "base": "Odd"}, {"probe": "hold"}]
    )
    assert [(type(item), repr(item)) for item in heard] == [
        (Foreign, "<an object of class Odd, made from int>"),
        (Foreign, "<an object of class Odd>"),
        (CameBack, "<the hold that the check gave>"),
    ]
    assert [heard[0].handle, heard[1].handle] == [7, None]


@pytest.mark.parametrize("why", ["too_large", "too_deep", "cyclic"])
def test_what_could_not_be_said_is_a_finding(why: str) -> None:
    with pytest.raises(Finding) as finding:
        said.hear([1, {"unsayable": why}])
    assert found(finding) == (why, None, None, {})


FORGED: list[Any] = [
    {"unsayable": "too_odd"},
    {"unsayable": ["cyclic"]},
    {"probe": 5},
    {"handle": 7},
    {"handle": "7", "type": "Odd", "base": "int"},
    {"handle": True, "type": "Odd", "base": "int"},
    {"handle": 7, "type": None, "base": "int"},
    {"handle": 7, "type": "Odd", "base": 5},
    {"type": ["Odd"], "base": "int"},
    {"object": {}, "base": "int"},
    {"anything": 1},
    {},
]


@pytest.mark.parametrize("message", FORGED, ids=repr)
def test_tag_of_another_form_is_a_bad_message(message: Any) -> None:
    with pytest.raises(wire.BadMessage):
        said.hear(message)


def test_value_of_the_checks_that_came_back_is_shown_as_what_it_stands_for() -> None:
    assert repr(Foreign("Becoming", "Traced", 3)) == "<the value as it was given, not as it was read>"
    assert repr(Foreign("Traced", "Traced", 3)) == "<another of the values that the check gave>"
