"""The page of a class: it stands alone, tells all in both languages, and no submission changes its structure."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import classes
import pytest
import results
from classes import book, crowd, entry
from test_report import HOSTILE, Page

from grader import cli
from grader import course as courses
from grader.classes import classpage
from grader.course import LANGUAGES, Course
from grader.gradebook import EntryState, Gradebook
from grader.result import LoadError, Result, Verdict, to_json
from grader.visible import UNSAFE

pytestmark = pytest.mark.frontend
KIT = courses.load()
OUTSIDE = r"https://docs\.python\.org/"
LINK = re.compile(rf"#|data:,|gradebook\.csv$|{OUTSIDE}|submissions/s\d{{4}}/report\.html(#e\d+(c\d+)?)?$")


def page(made: Gradebook, found: dict[str, Result], lang: str = "en", course: Course = KIT) -> Page:
    read = Page(classpage.page(made, course, lang, lambda each: found.get(each.id)))
    assert read.open == []
    return read


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [0, 1, 40])
def test_it_stands_alone(size: int, lang: str) -> None:
    read = page(*crowd(size), lang)
    links = [attrs["href"] or "" for _, attrs in read.tags if "href" in attrs]
    assert all(LINK.match(link) for link in links)
    assert not any("src" in attrs or any(name.startswith("on") for name in attrs) for _, attrs in read.tags)
    policy = next(attrs["content"] for _, attrs in read.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert policy and policy.startswith(f"default-src 'none'; script-src '{classpage.script_hash()}'; style-src")
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= {*ids} | ({"students"} if size == 0 else set())


def test_it_tells_the_class() -> None:
    made, found = crowd(40)
    text = page(made, found).text
    for told in ("never start the process", "no child process was started", "hand in a file that cannot be loaded",
                 "hang, as somebody waits in join()", "We could not judge (2)", "Refused (2)", "encrypted",
                 "Nothing handed in (2)", "The hardest checks", "Median"):  # fmt: skip
        assert told in text, told
    for told in ("还没读取就先 join", "无法接收（2）", "最难的检查", "所有学生"):
        assert told in page(made, found, "zh").text, told


def test_what_is_not_complete_has_a_line_without_a_score() -> None:
    halves = book(entry("Ada", state=EntryState.BROKEN, score=5, max_score=5), entry("Bob", score=7, max_score=10))
    read = page(halves, {name: results.mixed() for name in ("ada", "bob")}, course=results.course())
    text = re.sub(r"\s", "", read.text)
    assert "Graded1" in text and "Adaada––" in text and "Bobbob707" in text


def test_seven_join_before_they_read() -> None:
    course = KIT
    found = {}
    for number in range(8):
        result = results.perfect()
        result.exercises[3].checks[2] = results.circle_of_two()
        result.exercises[3].checks[2].cause = "joined_before_drained"
        found[f"s{number}"] = result
    found["s7"] = results.perfect()
    read = page(book(*(entry(f"Student {n}", id=f"s{n}") for n in range(8))), found, course=course)

    assert re.search(r"7\s+join before they read", read.text)
    links = [attrs["href"] for name, attrs in read.tags if name == "a"]
    assert "submissions/s0/report.html#e4c3" in links
    assert "submissions/s7/report.html#e4c3" not in links


def test_mistakes_of_a_course_of_ones_own_are_told_by_their_first_sentence() -> None:
    course = results.course()
    found = {name: results.mixed() for name in ("a", "b")}
    text = page(book(entry("a"), entry("b")), found, course=course).text
    assert re.search(r"2\s+The target ran in your own process", text)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_in_a_submission_changes_the_page(text: str, lang: str) -> None:
    def made(said: str) -> str:
        entries = book(
            entry(said, id="a", student_id=said, submitted_at="2026-03-01T10:00", reason=said),
            entry(said, id="b", result=None, state=EntryState.REFUSED, reason=said),
        )
        entries.not_understood = [said]
        return classpage.page(entries, results.course(), lang, lambda each: results.hostile(said, keep=("id",)))

    written = made(text)
    written.encode()
    assert not UNSAFE.search(written)
    assert len(written) < 300_000
    assert Page(written).names() == Page(made("harmless")).names()


def test_it_is_written_with_the_gradebook_beside_it(tmp_path: Path) -> None:
    made, found = crowd(3)
    classes.lay(tmp_path, made)
    for each in made.entries:
        if each.result:
            (tmp_path / each.result).parent.mkdir(parents=True)
            (tmp_path / each.result).write_bytes(to_json(found[each.id]))
    classpage.write(tmp_path, made, KIT, "en")

    assert "Everybody" in (tmp_path / "index.html").read_text("utf-8")
    assert (tmp_path / "gradebook.csv").read_text("utf-8").count("\n") == 4


def test_every_cause_of_the_course_has_its_few_words() -> None:
    short = {f"mistake_{cause}" for cause in KIT.causes} - {"mistake_nothing_else_passed"}
    assert short == {key for key in KIT.words if key.startswith("mistake_") and not key.startswith("mistake_of_")}


@pytest.mark.parametrize("verdict", [Verdict.STUCK, Verdict.CRASHED])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_that_hangs_or_dies_while_it_is_loaded_is_told_in_words(lang: str, verdict: Verdict) -> None:
    result = results.mixed()
    result.exercises[5].error = LoadError(type=verdict.value, text="x")
    told = page(book(entry("a")), {"a": result}, lang, results.course()).text
    assert KIT.words[f"mistake_of_loading_{verdict.value}"].in_(lang) in told


def test_only_what_was_graded_has_a_column() -> None:
    made, found = crowd(3)
    for result in found.values():
        result.exercises = result.exercises[1:3]
    read = page(made, found)
    heads = [attrs["title"] for name, attrs in read.tags if name == "th" and attrs.get("class") == "heat"]
    assert heads == [known.title.en for known in list(KIT.exercises.values())[1:3]]
    assert [attrs["data-a"] for name, attrs in read.tags if "data-a" in attrs] == []


def test_the_command_makes_all_pages_in_the_other_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made, found = crowd(3)
    classes.lay(tmp_path, made)
    for name, result in found.items():
        (tmp_path / "submissions" / name).mkdir(parents=True)
        (tmp_path / "submissions" / name / "result.json").write_bytes(to_json(result))
    for arguments, status in (([], 0), (["-o", "x.html"], 2)):
        monkeypatch.setattr(sys, "argv", ["grade", "report", str(tmp_path), "--lang", "zh", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert ended.value.code == status
        said = capsys.readouterr().out
        assert (
            said == f"已写入：{tmp_path}/index.html, {tmp_path}/gradebook.csv, {tmp_path}/submissions/*/report.html\n"
        ) is (status == 0)

    assert "所有学生" in (tmp_path / "index.html").read_text("utf-8")
    assert "下一步先做这个" in (tmp_path / "submissions" / "s0001" / "report.html").read_text("utf-8")


def test_two_of_one_name_are_told_apart() -> None:
    entries = book(entry("Jane Doe", id="a", student_id="12"), entry("Doe, Jane", id="b"), entry("Ada"))
    text = page(entries, {name: results.mixed() for name in ("a", "b", "ada")}, course=results.course()).text
    assert "Jane Doe (12)" in text and "Doe, Jane (b)" in text and "Ada (" not in text
