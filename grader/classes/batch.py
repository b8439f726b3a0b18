"""Grades a class: what was handed in goes in, a folder with a result for each submission and a gradebook come out.

Who uses it: the command batch. Each submission is taken in, looked up by its key, and graded only where there is no
good result of it; a result is written as soon as it is there. Whatever ends a run, the next one of the same command
goes on where it was. The grading itself is done by judges that wait here, or by the workers of a cluster.

One submission never ends the run: what is wrong with it is its entry's state. A disk that is full, or that takes no
result, does.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import difflib
import shutil
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from grader import __version__
from grader.classes import classwork, roll
from grader.classes.classwork import Settings
from grader.classes.crew import Closed, Crew, Member
from grader.course import Course
from grader.gradebook import REPORT, SUBMISSIONS, Entry, EntryState, Gradebook, folder_of
from grader.grading.judges import Judges
from grader.grading.orders import Order, Stopped
from grader.intake import intake, snapshot
from grader.intake.archives import Refused
from grader.intake.downloads import HandedIn
from grader.misuse import NO_ROOM, Misuse
from grader.places import KIT, Home
from grader.result import Result, Verdict
from grader.walls import tiers

FOR_EACH_PLACE = 2  # submissions under way for each place: one at work, and others that only wait


@dataclass
class Plan:
    """What is to be graded, and how."""

    sources: list[Path]
    out: Path
    settings: Settings
    home: Home = KIT
    roster: Path | None = None
    name_regex: str | None = None
    jobs: int = 2
    only: list[str] = field(default_factory=list)  # ids; none: all
    force: bool = False  # also what has a good result
    retry_broken: bool = False  # also what has a result that is broken


class Told(Protocol):
    """Who is told how far it is."""

    def replaces(self, there: list[str]) -> None:
        """The exercises of the results that are there, which are others than those asked for."""

    def begin(self, entries: list[Entry]) -> None:
        """All that is there to be graded."""

    def at_work(self, names: list[str]) -> None:
        """Who is under way, the longest first."""

    def done(self, entry: Entry, is_new: bool) -> None:
        """One is over; `is_new`, where it was graded now."""


class Grader(Protocol):
    """What grades a submission that was taken in: here, or on another machine."""

    def grade(self, task: classwork.Task, folder: Path) -> Result:
        """The result of `folder`, any thread may ask; raises Closed once it was interrupted."""

    def interrupt(self) -> None:
        """Has what is under way stop."""

    @property
    def threads(self) -> int:
        """How many may ask at one time."""


By = Callable[[Path], contextlib.AbstractContextManager[Grader]]


def grade(plan: Plan, course: Course, told: Told, page: roll.Page, by: By | None = None) -> Gradebook:
    """The class, graded; `page` makes the page of a result. Judges that wait here grade, or what `by` opens: it is
    told of a folder that it may write in.

    Raises Misuse where something was asked for that there is not, NoWall, and OSError where `plan.out` cannot be
    written. Whatever it raises: what was graded until then is there.
    """
    found = intake.read(plan.sources, plan.settings.exercises, plan.roster, plan.name_regex)
    _look_up(plan.only, [handed.id for handed in found.handed])
    with roll.held(plan.out) as work, by(work) if by else _here(plan, course) as grader:
        class_ = _Class(plan, told, page, grader, work)
        try:
            class_.grade(found.handed)
        finally:
            entries = [*class_.entries, *map(_missing, found.missing)]
            book = Gradebook(course=course.id, kit=__version__)
            book.entries = sorted(entries, key=lambda entry: (entry.name.casefold(), entry.id))
            book.not_understood = [*map(roll.writable, found.rest), *roll.strangers(plan.out, entries)]
            with contextlib.suppress(OSError) if class_.failed else contextlib.nullcontext():
                roll.write_summary(plan.out, book)
    return book


def _look_up(wanted: list[str], ids: list[str]) -> None:
    """Raises Misuse where there is none of an id, before anything of an earlier run is written anew."""
    for name in wanted:
        if name not in ids:
            near = difflib.get_close_matches(name, ids, 1)
            raise Misuse(f"there is no submission {name}" + (f". Did you mean {near[0]}?" if near else ""))


def _missing(handed: HandedIn) -> Entry:
    entry = roll.entry_of(handed)
    entry.state = EntryState.MISSING
    return entry


@contextlib.contextmanager
def _here(plan: Plan, course: Course) -> Iterator[Grader]:
    tier = tiers.choose(plan.settings.tier)
    with Judges(plan.home, course) as judges, Crew(plan.jobs, plan.settings.limits.budget_s) as crew:
        yield Here(plan.home, judges, crew, tier, plan.jobs * FOR_EACH_PLACE)


class Here:
    """Judges that wait on this machine."""

    def __init__(self, home: Home, judges: Judges, crew: Crew, tier: str, threads: int) -> None:
        self.home, self.judges, self.crew, self.tier, self.threads = home, judges, crew, tier, threads

    def grade(self, task: classwork.Task, folder: Path) -> Result:
        """See Grader. Where the judge dies, another one tries once more."""
        with self.crew.member(task.name) as member:
            result = self._once(task, folder, member)
            return result if result.complete or member.is_overdue else self._once(task, folder, member)

    def _once(self, task: classwork.Task, folder: Path, member: Member) -> Result:
        try:
            return self.judges.grade(self._order(task, folder), lambda *step: member.stir(), member.joined_by)
        except Stopped:
            raise Closed from None

    def _order(self, task: classwork.Task, folder: Path) -> Order:
        asked = task.settings
        return Order(
            folder=folder,
            exercises=asked.exercises,
            home=self.home,
            tier=self.tier,
            start_method=asked.start_method,
            everywhere=asked.everywhere,
            limits=asked.limits,
            name=task.name,
            submitted_at=task.submitted_at,
            key=task.key,
        )

    def interrupt(self) -> None:
        """See Grader."""
        self.crew.close()
        self.judges.interrupt()


class _Class:
    """A class under way."""

    def __init__(self, plan: Plan, told: Told, page: roll.Page, grader: Grader, work: Path) -> None:
        self.plan, self.told, self.page, self.grader, self.work = plan, told, page, grader, work
        self.course_digest = classwork.course_digest(plan.home)
        self.results = plan.out / SUBMISSIONS
        self.entries: list[Entry] = []
        self.failed = False
        self._under_way: dict[str, None] = {}
        self._speaks = threading.Lock()

    def grade(self, handed: list[HandedIn]) -> None:
        """Grades all that is to be graded."""
        self.entries = [roll.entry_of(each) for each in handed]
        todo = self._chosen(handed)
        if there := self._of_others([entry for _, entry in todo]):
            self.told.replaces(there)
        self.told.begin([entry for _, entry in todo])
        threads = concurrent.futures.ThreadPoolExecutor(self.grader.threads)
        try:
            waiting = {threads.submit(self._one, each, entry) for each, entry in todo}
            for done in concurrent.futures.as_completed(waiting):
                done.result()
        except BaseException:
            self.failed = True
            self.grader.interrupt()
            raise
        finally:
            threads.shutdown(cancel_futures=True)

    def _chosen(self, handed: list[HandedIn]) -> list[tuple[HandedIn, Entry]]:
        """Those that are asked for; of the others what is known is taken over."""
        pairs = list(zip(handed, self.entries, strict=True))
        if not self.plan.only:
            return pairs
        before = roll.known_before(self.plan.out)
        for entry in self.entries:
            if entry.id not in self.plan.only:
                roll.stay(self.plan.out, entry, before.get(entry.id))
        return [(each, entry) for each, entry in pairs if entry.id in self.plan.only]

    def _of_others(self, entries: list[Entry]) -> list[str]:
        """The exercises of the first result that is there, where they are others than those asked for."""
        known = next(filter(None, (roll.read(self.plan.out, entry) for entry in entries)), None)
        there = [exercise.id for exercise in known.exercises] if known and known.complete else []
        return there if set(there) != set(self.plan.settings.exercises) else []

    def _one(self, handed: HandedIn, entry: Entry) -> None:
        """One submission, whatever comes of it."""
        work = self.work / entry.id
        is_new = False
        try:
            self._say(entry.id, True)
            work.mkdir()
            is_new = self._look(handed, entry, work)
        except Closed:
            return
        except Refused as error:
            entry.state, entry.reason = EntryState.REFUSED, roll.writable(str(error))
        except Exception as error:
            if isinstance(error, OSError) and (error.errno in NO_ROOM or _is_below(error.filename, self.results)):
                raise
            told = "".join(traceback.format_exception_only(error)).strip()
            entry.state, entry.reason = EntryState.BROKEN, roll.writable(told)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            self._say(entry.id, False)
        self.told.done(entry, is_new)

    def _look(self, handed: HandedIn, entry: Entry, work: Path) -> bool:
        """Grades it, unless there is a good result; whether it was graded."""
        exercises = self.plan.settings.exercises
        taken = snapshot.take(handed, work, exercises)
        entry.notes = [*map(roll.writable, taken.notes)]
        key = classwork.key(taken.digest, self.course_digest, self.plan.settings)
        known = roll.read(self.plan.out, entry)
        entry.submitted_at = entry.submitted_at or (known.submitted_at if known else None)
        if known is not None and self._is_good(known, key):
            self._take_over(entry, known)
            return False
        task = classwork.Task(
            name=entry.name or entry.id,
            settings=self.plan.settings,
            submitted_at=entry.submitted_at,
            key=key,
            course=self.course_digest,
        )
        result = self.grader.grade(task, taken.folder)
        roll.keep(self.plan.out, entry, result, self.page, roll.graded_files(taken.folder, exercises))
        return True

    def _is_good(self, known: Result, key: str) -> bool:
        whole = known.complete and Verdict.BROKEN not in known.verdicts()
        return not self.plan.force and known.key == key and (whole or not self.plan.retry_broken)

    def _take_over(self, entry: Entry, known: Result) -> None:
        """A result that is good; where the download says other things of its student than before, these are put in."""
        report = folder_of(self.plan.out, entry) / REPORT
        name = entry.name or entry.id
        if (known.submission, known.submitted_at) != (name, entry.submitted_at) or not report.is_file():
            known.submission = name
            roll.keep(self.plan.out, entry, known, self.page)
        else:
            roll.put_down(entry, known)

    def _say(self, name: str, begins: bool) -> None:
        with self._speaks:
            if begins:
                self._under_way[name] = None
            else:
                self._under_way.pop(name, None)
            self.told.at_work(list(self._under_way))


def _is_below(path: object, folder: Path) -> bool:
    return isinstance(path, str) and str(Path(path).absolute()).startswith(f"{folder.absolute()}/")
