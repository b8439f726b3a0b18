"""A teacher's own export, filled: the course system's rules are kept, read back by readers written from them."""

from __future__ import annotations

import codecs
from pathlib import Path

import msgspec
import pytest
import readers
from classes import book, entry

from grader import course as courses
from grader.classes import roll
from grader.exports import columns, fill, table
from grader.exports.fill import Filled
from grader.exports.policy import Policy
from grader.exports.table import NotATable
from grader.gradebook import EntryState, Gradebook, from_json, to_json
from grader.grading.gathering import Gathering
from grader.grading.orders import Order
from grader.result import CheckResult, ExerciseResult, State, Verdict

CANVAS = '''\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,HW 6 (1233),"HW 7, queues (1234)",Final Score
,,,,,,,Manual Posting,
    Points Possible,,,,,,10,70.00,(read only)
"Doe, Jane",12,s12,jane,S1,,9.00,,80.00
"Doe, Jane",13,s13,jane2,S1,"a, ""b""",9.00,-,80.00
"Ödön, Zoë",14,s14,zoe,S1,,9.00,EX,80.00
"=HYPERLINK(""http://x"",""y"")",15,s15,evil,S1,,9.00,,80.00
"Away, Bob",16,s16,bob,S1,,9.00,,80.00
"Student, Test",17,,test,S1,,,,
'''
KNOWN = {"12": "Doe, Jane", "13": "Doe, Jane", "14": "Ödön, Zoë", "15": "=HYPERLINK", "16": "x", "17": "Student, Test"}
CLASS = book(
    entry("Jane Doe", id="a", student_id="12"),
    entry("Jane Doe", id="b", student_id="s13", score=7),
    entry("Zoë Ödön", student_id="14"),
    entry("=HYPERLINK()", id="e", student_id="15", score=70, stretch=2),
    entry("Away Bob", id="bob", student_id="16", state=EntryState.REFUSED, result=None),
    entry("Stranger", student_id="99"),
)
MOODLE = """\
"First name",Surname,"ID number",Institution,"Email address","Assignment: Queues (Real)","Course total (Real)",\
"Last downloaded from this course"
Jane,Doe,12,,jane@example.org,-,9.00,1772000000
Jane,Doe,13,,jane2@example.org,-,9.00,1772000000
Zoë,Ödön,,,zoe@example.org,3.00,9.00,1772000000
"=1+1",Evil,,,evil@example.org,-,9.00,1772000000
Bad,Key,,,=cmd@example.org,-,9.00,1772000000
"""
MOODLE_CLASS = book(
    entry("Jane Doe", id="a", email="jane@example.org"),
    entry("Jane Doe", id="b", student_id="13", score=7),
    entry("Zoë Ödön"),
    entry("Evil", email="EVIL@example.org"),
    entry("Bad Key", email="=cmd@example.org"),
    entry("Stranger", email="stranger@example.org"),
)
WORKSHEET = """\
{identifier},{name},Email address,Status,{grade},{maximum},{change},Last modified (submission),{modified},\
Feedback comments
{who}101,Jane Doe,j@example.org,Submitted,,70.00,{yes},"Sunday, 1 March 2026, 9:00 PM",-,
{who}102,Jane Doe,k@example.org,Submitted,5.00,70.00,{yes},"Sunday, 1 March 2026, 9:00 PM",-,
{who}103,Zoë Ödön,z@example.org,Submitted,,70.00,{no},"Sunday, 1 March 2026, 9:00 PM",-,-
{who}104,Away Bob,b@example.org,No submission,,70.00,{yes},-,-,
"""
MARKS = [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")]
PLAIN = Policy()
ENGLISH = {
    "identifier": "Identifier", "name": "Full name", "grade": "Grade", "maximum": "Maximum grade", "yes": "Yes",
    "no": "No", "change": "Grade can be changed", "modified": "Last modified (grade)", "who": "Participant ",
}  # fmt: skip
GERMAN = ENGLISH | {
    "identifier": "ID", "name": "Vollständiger Name", "grade": "Bewertung", "maximum": "Bestwertung", "yes": "Ja",
    "no": "Nein", "change": "Bewertung kann geändert werden", "modified": "Zuletzt geändert (Bewertung)",
    "who": "Teilnehmer/in",
}  # fmt: skip
FINNISH = ENGLISH | {
    "identifier": "Tunniste", "grade": "Arvosana", "maximum": "Maksimi", "who": "Osallistuja ", "change": "x",
}  # fmt: skip


def filled(to: str, content: bytes, class_: Gradebook, column: str | None = None, rules: Policy = PLAIN) -> Filled:
    """`content` as it comes back."""
    read = table.read(content)
    return fill.fill(read, columns.layout(to, read), class_, rules, column)


def told(made: Filled) -> str:
    return "\n".join(made.told)


def no_formula(content: bytes, encoding: str = "utf-8") -> bool:
    rows = table.read(content, encoding).rows
    return not any(table.is_formula(cell) for row in rows for cell in row.cells)


def test_canvas_takes_what_was_filled() -> None:
    made = filled("canvas", CANVAS.encode(), CLASS, "HW 7, queues")

    scores = {"12": "61", "13": "7", "14": "EX", "15": "72", "16": "", "17": ""}
    assert readers.canvas(made.content, KNOWN, 1234) == scores
    assert set(readers.canvas(made.content, KNOWN, 1233).values()) == {"9.00", ""}
    assert made.content.decode().splitlines()[:3] == CANVAS.splitlines()[:3]
    assert made.content.decode().splitlines()[7:] == CANVAS.splitlines()[7:]
    assert no_formula(made.content)
    assert [each.id for each, _ in made.written] == ["a", "b", "e"]


def test_canvas_is_told_who_is_not_there() -> None:
    said = told(filled("canvas", CANVAS.encode(), CLASS, "HW 7, queues (1234)"))

    assert "Zoë Ödön (zoë_ödön): left as it was, excused" in said
    assert "Stranger (stranger): not in the file" in said
    assert "Away, Bob: nothing to write: missing" in said
    assert "Away Bob (bob): no score, because refused" in said
    assert "Student, Test" not in said
    assert "formula and are text now: 1" in said


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")]
)
def test_canvas_comes_back_as_it_was_written(encoding: str, mark: bytes) -> None:
    text = CANVAS.replace("\n", "\r\n").replace("9.00", "9,00").replace(",", ";").replace("9;00", "9,00")
    rules = Policy(out_of=35)
    made = filled("canvas", mark + text.encode(encoding), CLASS, "HW 7; queues (1234)", rules)

    assert made.content.startswith(mark)
    body = made.content[len(mark) :]
    assert readers.canvas(body, KNOWN, 1234, encoding)["12"] == "30.5"
    assert body.decode(encoding).splitlines()[0] == text.splitlines()[0]


def test_first_and_last_name_in_two_columns() -> None:
    text = "LastName,FirstName,ID,SIS Login ID,Section,HW (5)\nDoe,Jane,12,jane,S,\n"
    made = filled("canvas", text.encode(), book(entry("Jane Doe")))
    assert readers.canvas(made.content, {"12": ""}, 5) == {"12": "61"}
    assert "found by the name alone" in told(made)


def test_which_column_is_asked_where_more_than_one_fits() -> None:
    with pytest.raises(NotATable, match=r"--column: 'HW 6 \(1233\)', 'HW 7, queues \(1234\)'"):
        filled("canvas", CANVAS.encode(), CLASS)
    with pytest.raises(NotATable, match="no column for points is called 'HW 8'"):
        filled("canvas", CANVAS.encode(), CLASS, "HW 8")
    for name in ("ID", "Student", "Notes", "Final Score"):
        with pytest.raises(NotATable, match="no column"):
            filled("canvas", CANVAS.encode(), CLASS, name)
    with pytest.raises(NotATable, match="no column"):
        filled("moodle", MOODLE.encode(), MOODLE_CLASS, "Surname")


@pytest.mark.parametrize(
    "header", ["Name,ID,Section,HW (5)", "Student,ID,Login,HW (5)", "Student,Number,Section,HW (5)"]
)
def test_what_canvas_would_not_take_is_refused(header: str) -> None:
    with pytest.raises(NotATable, match="Canvas"):
        filled("canvas", f"{header}\nx,1,y,\n".encode(), CLASS)


def test_an_export_of_another_course_system_is_refused_and_named() -> None:
    for form in ("moodle", "moodle-worksheet", "gradescope", "classroom50"):
        with pytest.raises(
            NotATable, match=f"no export for {form}: by its header it is one of Canvas, for --to canvas"
        ):
            columns.layout(form, table.read(CANVAS.encode()))
    with pytest.raises(NotATable, match="none of its columns takes points: they are 'id', 'name'"):
        filled("moodle", b"id,name\n12,Jane\n", CLASS)


def test_grades_that_are_replaced_are_told() -> None:
    theirs = "id,points\n12,50\ns13,7.00\n14,late\n"
    replaced = "Jane Doe (a) 50; Zoë Ödön (zoë_ödön) late: 2 of the cells held another value, which is replaced"
    assert replaced in filled("csv", theirs.encode(), CLASS, "points").told


def test_an_export_of_another_class_is_refused() -> None:
    with pytest.raises(NotATable, match="none of its rows"):
        filled("canvas", CANVAS.encode(), book(entry("Nobody", student_id="77")), "HW 6")


def test_a_column_of_another_scale_is_told() -> None:
    text = CANVAS.replace("70.00", "100")
    assert "out of 100" in told(filled("canvas", text.encode(), CLASS, "HW 7, queues"))
    assert "out of 100" not in told(filled("canvas", text.encode(), CLASS, "HW 7, queues", Policy(out_of=100)))


def test_moodle_takes_what_was_filled() -> None:
    made = filled("moodle", MOODLE.encode(), MOODLE_CLASS)
    users = {f"{name}@example.org" for name in ("jane", "jane2", "zoe", "evil")}
    item = "Assignment: Queues (Real)"

    assert made.column == item
    assert readers.moodle(made.content, users, "Email address", item) == {
        "jane@example.org": "61", "jane2@example.org": "7", "zoe@example.org": "61", "evil@example.org": "61",
    }  # fmt: skip
    assert made.content.decode().splitlines()[0] == MOODLE.splitlines()[0]
    assert no_formula(made.content)
    assert "Bad Key: left out, because what they are found by is a formula" in told(made)


@pytest.mark.parametrize("words", [ENGLISH, GERMAN, FINNISH])
def test_moodles_worksheet_in_the_language_of_the_site(words: dict[str, str]) -> None:
    class_ = book(
        entry("Jane Doe", id="a", student_id="101", stretch=20), entry("Jane Doe", id="b", student_id="102", score=7),
        entry("Zoë Ödön", student_id="103"), entry("Stranger", student_id="999"),
    )  # fmt: skip
    content = WORKSHEET.format(**words).encode()
    made = filled("moodle-worksheet", content, class_)
    columns = (words["identifier"], words["grade"], words["modified"])
    locked = words["change"] != "x"

    assert readers.worksheet(made.content, words["who"], columns, {101, 102, 103, 104}) == {
        101: "70", 102: "7", **({} if locked else {103: "61"}),
    }  # fmt: skip
    assert ("its grade cannot be changed" in told(made)) is locked
    assert "81 is more than the column takes: 70" in told(made)
    assert made.content.splitlines()[0] == content.splitlines()[0]


def test_gradescope_and_classroom_50_and_any_other() -> None:
    text = "First Name,Last Name,SID,Email,Total Score,Max Points,Status\nJane,Doe,12,j@x,,70.0,Missing\n"
    assert filled("gradescope", text.encode(), CLASS).content == text.replace("j@x,,", "j@x,61,").encode()
    text = "Name,SID,HW,HW - Max Points,HW - Lateness (H:M:S)\nJane Doe,12,,70,00:00:00\n"
    assert filled("gradescope", text.encode(), CLASS).content == text.replace("12,,", "12,61,").encode()
    text = "username,first_name,last_name,email,section,score,max_score,datetime\n12,,,,,,70,\n"
    assert filled("classroom50", text.encode(), CLASS).content == text.replace(",,,,,,", ",,,,,61,").encode()
    text = "学号\t姓名\t成绩\n12\t=Doe\t\n"
    made = filled("csv", text.encode("gb18030"), CLASS, "成绩")
    assert made.content.decode("gb18030") == "学号\t姓名\t成绩\n12\t'=Doe\t61\n"


@pytest.mark.parametrize(("top", "said"), [(",Max Points", '"70,5"'), (",Max Points", "70 %"), ("", "")])
def test_a_column_whose_maximum_is_not_said_or_said_otherwise_is_filled(top: str, said: str) -> None:
    text = f"SID,Total Score{top}\n12,{top and ','}{said}\n"
    made = filled("gradescope", text.encode(), CLASS)
    assert made.content == text.replace("12,", "12,61").encode()
    assert ("out of 70.5" in told(made)) is ("70,5" in said)


def test_whoever_is_in_doubt_is_not_filled() -> None:
    text = 'Student,ID,Section,HW (5)\n"Doe, Jane",12,S,\n"Doe, Jane",13,S,\n"Lovelace, Ada",14,S,\n'
    made = filled("canvas", text.encode(), book(entry("Jane Doe", id="a"), entry("Ada Lovelace")))
    assert readers.canvas(made.content, {"12": "", "13": "", "14": ""}, 5) == {"12": "", "13": "", "14": "61"}
    assert "in doubt" in told(made)


def test_a_check_that_was_our_fault_costs_no_point() -> None:
    ours = entry("Whole", state=EntryState.BROKEN, complete=True, score=60, max_score=68, verdicts={"broken": 1})
    graded, said = fill.grades(book(entry("Ada"), ours), Policy())

    assert [(each.id, str(grade.points)) for each, grade in graded] == [("ada", "61.00"), ("whole", "61.76")]
    assert said == []


@pytest.mark.parametrize("done", [False, True])
def test_a_result_that_is_not_complete_is_no_grade(done: bool) -> None:
    """What is left where a judge ends after one check is filled up: as many verdicts as everybody has."""
    course = courses.load()
    gathering = Gathering(Order(Path("half"), list(course.exercises)), course, None, 1)
    name, checks = next((name, each.checks) for name, each in course.exercises.items())
    first = next(iter(checks))
    passed = CheckResult(id=first, function="f", section="7.1", verdict=Verdict.PASSED, points=1, max_points=1)
    gathering.take({"exercise": msgspec.to_builtins(ExerciseResult(id=name, state=State.GRADED))})
    gathering.take({"exercise": name, "check": msgspec.to_builtins(passed)})
    if done:
        gathering.take({"done": True})
    half = entry("Half")
    roll.put_down(half, gathering.fill_up("the judge was killed"))
    graded, said = fill.grades(book(entry("Ada"), half), Policy())

    assert (half.state, half.score, half.max_score, half.complete) == (EntryState.BROKEN, 1, 1, done)
    assert [(each.id, str(grade.points)) for each, grade in graded][1:] == ([("half", "70.00")] if done else [])
    assert said == ([] if done else ["Half (half): no score, because broken"])


def test_a_gradebook_of_before_has_no_grade_where_it_is_not_known_to_be_complete() -> None:
    before = to_json(book(entry("Ada"), entry("Bob", state=EntryState.BROKEN))).replace(b'"complete": false,', b"")
    assert b"complete" not in before
    assert [each.id for each, _ in fill.grades(from_json(before), Policy())[0]] == ["ada"]


def test_moodle_gets_no_number_that_it_would_refuse() -> None:
    class_ = book(entry("Jane Doe", email="jane@example.org", score=100, max_score=100, stretch=7))
    made = filled("moodle", MOODLE.encode(), class_)

    assert readers.moodle(made.content, {"jane@example.org"} | {f"{n}@example.org" for n in ("jane2", "zoe", "evil")},
                          "Email address", "Assignment: Queues (Real)")["jane@example.org"] == "100"  # fmt: skip
    assert "107 is more than the column takes: 100" in told(made)
