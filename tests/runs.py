"""Runs of the grader on a small course, whose result is also what was written to a file, and valid."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import small_course
from world import nothing_left

from grader import course as courses
from grader import places
from grader.grading import run
from grader.grading.orders import Order
from grader.result import ExerciseResult, Result, schema, to_json

VALIDATOR = jsonschema.Draft202012Validator(schema())
SMALL = small_course.EXERCISE  # a course of one exercise with four checks: quick to grade
OnStep = Callable[[Result, ExerciseResult], None]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> places.Home:
    return places.home(small_course.make(tmp_path_factory.mktemp("course")))


def graded(folder: Path, *exercises: str, home: places.Home = places.KIT, on_step: OnStep | None = None) -> Result:
    """The result of grading; the file that it was written to holds the same, and is valid."""
    order = Order(folder, list(exercises), home, json=folder.parent / "result.json")
    with nothing_left():
        result = run.grade(order, courses.load(home.course), on_step)
    text = (folder.parent / "result.json").read_bytes()
    assert text == to_json(result)
    assert list(VALIDATOR.iter_errors(json.loads(text))) == []
    assert os.listdir(folder.parent) == sorted([folder.name, "result.json"], key=os.listdir(folder.parent).index)
    return result


def by_id(result: Result) -> dict[str, ExerciseResult]:
    return {exercise.id: exercise for exercise in result.exercises}
