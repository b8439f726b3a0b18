"""`grade watch`: grades what is saved, as soon as it is saved, and keeps in sight what is to be done next."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.misuse import Misuse
from grader.options import CourseFolder, Lang, Tier, WrongUse, home, language, speaker, write_page

if TYPE_CHECKING:
    from grader.places import Home
    from grader.result import Result
    from grader.student.panel import Panel
    from grader.student.watching import Deeds, Event, Watching
    from grader.words.console import Screen

HUNG_UP = 129  # 128 + SIGHUP


def watch(
    path: Annotated[
        Path, typer.Argument(help="The folder with the exercise files, or with them in exercises/.")
    ] = Path(),
    lang: Annotated[Lang | None, typer.Option(help="The language: English or Chinese.")] = None,
    sandbox: Annotated[Tier, typer.Option(envvar="GRADE_SANDBOX", help="The walls around the submission.")] = Tier.AUTO,
    course_folder: CourseFolder = None,
) -> int:
    """Grade what changes as soon as it is saved, until q is pressed."""
    from grader import course as courses
    from grader.grading import run
    from grader.student.panel import Panel
    from grader.student.watching import Watching, order_for
    from grader.walls import tiers
    from grader.words.console import screen
    from grader.words.terminal import open_console

    at, spoken = home(course_folder), language(lang)
    course = courses.load(at.course)
    folder = run.find_folder(path, course).resolve()
    console = open_console(sys.stdout)
    show = screen(console, course, spoken)
    panel = Panel(console, show, folder)
    orders = order_for(folder, home=at, tier=tiers.choose(sandbox.value))
    watching = Watching(orders, _deeds(panel, at, course_folder), panel.paint)
    status = _until_left(watching, panel, at, list(course.exercises))
    if status != HUNG_UP:
        console.print(show.short_line(watching.standing.result))
    return status


def _until_left(watching: Watching, panel: Panel, at: Home, exercises: list[str]) -> int:
    """Watches until somebody leaves, and leaves nothing behind; the exit status."""
    from grader.student.changes import Changes
    from grader.student.keys import keys
    from grader.student.standby import Standby
    from grader.student.watching import Gone, Left, heard

    hear = heard(watching.events.put)
    try:
        with contextlib.ExitStack() as held:
            held.enter_context(_restored(signal.SIGINT, signal.SIGTERM))
            held.enter_context(panel.open())
            held.enter_context(_signals(watching.events.put))
            standby = held.enter_context(Standby(at, panel.show.course, hear["step"], hear["done"], hear["failed"]))
            held.enter_context(Changes(panel.folder, exercises, hear["changed"], hear["gone"], hear["polls"]))
            panel.keyboard = held.enter_context(keys(hear["key"]))
            held.callback(_ignore_what_ends)
            watching.run(standby)
    except Left as left:
        return int(left.args[0])
    except Gone:
        raise WrongUse("use_not_there", path=panel.folder) from None
    except OSError:
        if panel.is_screen and _is_closed():
            return HUNG_UP
        raise
    raise AssertionError("it goes on until somebody leaves")


def _deeds(panel: Panel, at: Home, course_folder: Path | None) -> Deeds:
    """What the keys do."""
    from grader.commands import hint, states
    from grader.student import handout, kept
    from grader.student.panel import noted
    from grader.student.watching import Deeds
    from grader.words.explain import exercise_number
    from grader.words.prose import prose

    show, folder = panel.show, panel.folder
    say, lang = speaker(show.lang), Lang(show.lang)

    def put_back(name: str) -> Any:
        try:
            copy = handout.put_back(at, folder, name)
        except Misuse as why:
            return prose(why.in_(show.lang))
        except OSError as error:
            return prose(f"{name}.py: {error.strerror}")
        said = say("reset_saved", file=f"{name}.py", copy=copy.name) if copy else say("reset_new", file=f"{name}.py")
        return prose(said)

    def hinted(name: str) -> Any:
        try:
            said = noted(hint.hint, exercise=name, folder=folder, step=None, lang=lang, course_folder=course_folder)
        except Misuse as why:
            return prose(why.in_(show.lang))
        return prose(said.replace(say("hint_more", number=exercise_number(name)), say("watch_hint_more")))

    return Deeds(
        stands=lambda: states.as_it_stands(folder, kept.read(folder), at, show.course),
        hint=hinted,
        table=show.table,
        report=lambda result: _report(result, show, say),
        put_back=put_back,
        is_stub=lambda name: handout.is_stub(at, folder, name),
        ask_first=lambda name: prose(say("watch_ask", file=f"{name}.py")),
        stop=lambda: _stop(panel),
        go_on=lambda: _go_on(panel),
    )


def _stop(panel: Panel) -> None:
    """Ctrl-Z: until somebody has us continue, the terminal is as it was before."""
    panel.leave()
    if panel.keyboard:
        panel.keyboard.give_back()
    with _restored(signal.SIGTSTP):
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # goes on at once where no shell could have us continue
    _go_on(panel)


def _go_on(panel: Panel) -> None:
    if panel.keyboard:
        panel.keyboard.take()  # first: it may have to wait until we are in front
    panel.enter()


def _report(result: Result, show: Screen, say: Callable[..., str]) -> Any:
    """Writes the page, and opens it where that leaves the terminal alone."""
    import webbrowser

    from grader.words.prose import prose

    page = Path("report.html").absolute()
    try:
        write_page(page, result, show.course, show.lang)
    except OSError as error:
        return prose(f"{page}: {error.strerror}")
    with contextlib.suppress(webbrowser.Error):
        browser = webbrowser.get()
        in_terminal = type(browser) is webbrowser.GenericBrowser
        if not in_terminal and browser.open(page.as_uri()):
            return prose(say("watch_opened", page=page))
    return prose(say("open_it", page=page))


@contextlib.contextmanager
def _signals(tell: Callable[[Event], None]) -> Iterator[None]:
    """A window of another size, Ctrl-Z, and a terminal that hangs up, are events like others."""
    from grader.student.watching import Event

    wanted = {
        "SIGWINCH": Event("resized"),
        "SIGTSTP": Event("stopped"),
        "SIGCONT": Event("continued"),
        "SIGHUP": Event("left", HUNG_UP),
    }
    numbers = {getattr(signal, name): event for name, event in wanted.items() if hasattr(signal, name)}
    with _restored(*numbers), _heard_at_once(tell):
        for number in numbers:
            signal.signal(number, lambda it, _: tell(numbers[signal.Signals(it)]))
        yield


@contextlib.contextmanager
def _heard_at_once(tell: Callable[[Event], None]) -> Iterator[None]:
    """Whatever the signal, an event follows it, for which the loop wakes up.

    Python runs a handler when its main thread comes to it. A signal that comes just before that thread goes to sleep
    does not wake it (4 in 100,000 came then), and would be heard when something else happens; only what
    `signal.set_wakeup_fd` writes is never too early.
    """
    from grader.student.watching import Event

    theirs, ours = socket.socketpair()
    theirs.setblocking(False)

    def read() -> None:
        while ours.recv(64):
            tell(Event("woken"))

    reader = threading.Thread(target=read, name="signals", daemon=True)
    reader.start()
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        theirs.close()
        reader.join()
        ours.close()


@contextlib.contextmanager
def _restored(*numbers: signal.Signals) -> Iterator[None]:
    """What becomes of these signals afterwards is what became of them before."""
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_what_ends() -> None:
    """From here on all is cleared up, which is not to be interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _is_closed() -> bool:
    """Whether nobody can read any more what is shown."""
    try:
        sys.stdout.flush()
    except OSError:
        return True
    return False
