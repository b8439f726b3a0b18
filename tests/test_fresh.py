"""Values made anew: no two alike, and never where they would stand if sorted."""

from __future__ import annotations

import operator

from grader.judge.fresh import Fresh


def test_no_two_values_are_alike() -> None:
    fresh = Fresh()
    values = [fresh.exit_code() for _ in range(96)]

    assert sorted(values) == [code for code in range(2, 100) if code not in (9, 15)]


def test_sorting_shows_at_every_place() -> None:
    made = [Fresh().words(count) for count in (2, 3, 4) for _ in range(50)]
    made_numbers = [list(map(str, Fresh().integers(3))) for _ in range(50)]

    assert not any(any(map(operator.eq, values, sorted(values))) for values in made)
    assert all(len(set(values)) == 3 for values in made_numbers)


def test_one_value_alone_is_given_as_it_is() -> None:
    assert len(Fresh().words(1)) == 1


def test_no_word_is_or_begins_as_a_kind_of_job() -> None:
    kinds = ("cpu", "io")
    words = "".join(f" {word}" for word in Fresh().words(2000))

    assert [kind for kind in kinds if kind in words or f" {kind[0]}" in words] == []


def test_integers_sort_as_their_texts_do() -> None:
    values = Fresh().integers(500)

    assert sorted(values) == sorted(values, key=str)
