"""Who is who: the strongest sign counts, and what is in doubt is said, not guessed."""

from __future__ import annotations

import unicodedata

from classes import entry

from grader.exports.people import Person, match, name_key


def test_a_number_goes_before_a_name() -> None:
    first, second = entry("Jane Doe", id="a", student_id="1"), entry("Jane Doe", id="b", student_id="2")
    found = match([first, second], {0: Person(("2",), name="Doe, Jane"), 1: Person(("1",), name="Doe, Jane")})

    assert found.of_row == {0: second, 1: first}
    assert not found.by_name and not found.doubtful and not found.unknown


def test_two_of_one_name_are_in_doubt() -> None:
    entries = [entry("Jane Doe", id="a"), entry("Jane Doe", id="b")]
    found = match(entries, {0: Person(("1",), name="Doe, Jane"), 1: Person(name="Ada Lovelace")})

    assert found.of_row == {}
    assert found.doubtful == {0: entries}
    assert match(entries[:1], {n: Person(name="Jane Doe") for n in (0, 1)}).doubtful == {0: entries[:1], 1: entries[:1]}


def test_one_of_two_of_one_name_who_has_no_number_is_not_guessed() -> None:
    known, bare = entry("Jane Doe", id="a", student_id="1"), entry("Jane Doe", id="b")
    found = match([known, bare], {0: Person(("1",), name="Jane Doe"), 1: Person(("2",), name="Jane Doe")})

    assert found.of_row == {0: known}
    assert found.doubtful == {1: [bare]}


def test_how_an_accent_is_written_makes_no_difference() -> None:
    name = "Zoë Ödön"
    other = unicodedata.normalize("NFD", name)
    assert name != other
    assert match([entry(name, id="z")], {0: Person(name=other)}).of_row[0].id == "z"
    assert match([entry("x", id=other)], {0: Person((name,))}).of_row[0].id == other
    assert name_key("Ödön, Zoë") == name_key(other.upper())


def test_an_address_is_found_as_such_and_as_a_login() -> None:
    ada = entry("Ada", email="Ada@Example.org")
    assert match([ada], {3: Person(email="ada@example.org")}).of_row == {3: ada}
    assert match([ada], {3: Person(("ada@example.org",))}).of_row == {3: ada}


def test_who_is_not_there_is_unknown() -> None:
    found = match([entry("Ada"), entry("", id="9")], {0: Person(("7",), name="Grace"), 1: Person()})
    assert list(found.unknown) == ["ada", "9"]
    assert not found.of_row


def test_a_number_alone_is_no_sign_where_the_names_have_nothing_in_common() -> None:
    jane = entry("Jane Doe", id="x", student_id="7")
    found = match([jane], {0: Person(("7",), name="Bob Away"), 1: Person(("9",), name="Doe, Jane")})
    assert found.of_row == {1: jane} or found.doubtful == {0: [jane]}
    assert 0 not in found.of_row

    for name in ("doejane", "Jane", "JANE M. DOE", "Janey Doe"):
        other = entry(name, id="x", student_id="7")
        assert match([other], {0: Person(("7",), name="Doe, Jane")}).of_row == {0: other}
    assert match([entry("王小明", id="x", student_id="7")], {0: Person(("7",), name="Wang, Xiaoming")}).of_row
    login = entry("octocat", id="octocat")
    assert match([login], {0: Person(("octocat",), name="Doe, Jane")}).of_row == {0: login}
