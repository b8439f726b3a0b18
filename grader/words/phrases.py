"""What the checks say of both sides of an assertion, in the reader's language: "no call", "one of [1, 2]".

Who uses it: explain. A result holds facts, and values as Python writes them; the few words among them are English, and
are known here by their form, and stay so in English. What a submission says in the same words stands in quotes, as
Python writes it, and stays, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.course import Course

WHOLE = {  # the whole text; "{n}" is a number, "{it}" anything
    "one_of": "one of {it}",
    "none_of": "none of {it}",
    "anything_but": "anything but {it}",
    "call": "a call of what the check gave",
    "there_already": "one that was there already: {it}",
    "call_with_one_of": "a call with one of {it}",
    "call_with": "a call with {it}",
    "no_call": "no call",
    "no_further_call": "no further call",
    "one_more_call": "one more call, with {it}",
    "calls_at_once": "{n} calls at the same time",
    "most_at_once": "not more than {n} at the same time",
    "more_calls": "more than {n} calls",
    "calls": "{n} calls",
    "an_end": "an end",
    "an_exception": "an exception",
    "it_returned": "it returned {it}",
    "no_signal": "no signal",
    "ended_without": "it ended without it",
    "ended": "ended",
    "alive": "alive",
    "no_names": "no arguments by name",
    "closed": "a closed process object",
    "another_opens": "another process opens it",
    "own_opens": "your own process does",
    "processes": "{n} processes",
    "opened": "a file is opened to copy it",
    "not_opened": "the function has returned without that",
    "reports": "{n} reports while one file is still being copied",
    "object_with": "an object with {it}",
    "something_with": "something with an item {it}",
    "list_or_tuple": "a list or a tuple",
    "list_itself": "the list itself",
    "state_waits": "still waiting",
    "state_returned": "has returned",
    "state_raised": "raised an exception",
    "state_alive": "still alive",
    "state_zombie": "ended, but not yet waited for",
    "state_gone": "ended and waited for",
    "found_nothing": "no file",
    "found_unread": "no file to be read",
    "found_no_plain": "no plain file",
    "found_link": "a link",
    "found_folder": "a folder",
    "found_second_name": "the same file under a second name",
    "found_too_large": "a file that is far too large",
}
WITHIN = {  # a part of it; "{name}" is a word
    "object_made_of": "<an object of class {name}, made from {base}>",
    "object": "<an object of class {name}>",
    "given": "<the {name} that the check gave>",
    "process_ended": "process {n} (ended, not waited for)",
    "process_alive": "process {n} (alive)",
    "call_by": "a call by process {n} with",
    "process_number": "process number {n}",
    "file_begins": "<{n} bytes, beginning with {begin}, fingerprint {print}>",
    "file": "<{n} bytes, fingerprint {print}>",
    "no_file": "<no file>",
    "not_read": "<no file to be read>",
    "no_plain_file": "<no plain file>",
    "link": "<a link>",
    "folder": "<a folder>",
    "second_name": "<the same file under a second name>",
    "far_too_large": "<a file that is far too large>",
}
PARTS = {
    "n": r"\d+",
    "it": r".*",
    "name": r"[\w.]+",
    "base": r"[\w.]+",
    "begin": r"b'.*?'|b\".*?\"",
    "print": r"[0-9a-f]+",
}


def said_in(lang: str, text: str, course: Course) -> str:
    """`text` with what is known of it in `lang`."""
    for forms, fit in ((WHOLE, re.fullmatch), (WITHIN, None)):
        for key, form in forms.items():
            words = course.words[f"phrase_{key}"].in_(lang)
            if words == form:
                continue
            if fit is None:
                text = re.sub(_pattern(form), _filled(words), text)
            elif found := fit(_pattern(form), text, re.DOTALL):
                text = _filled(words)(found)
                break
    return text


def _pattern(form: str) -> str:
    return re.sub(r"\\\{(\w+)\\\}", lambda found: f"(?P<{found.group(1)}>{PARTS[found.group(1)]})", re.escape(form))


def _filled(words: str) -> Callable[[re.Match[str]], str]:
    return lambda found: re.sub(r"\{(\w+)\}", lambda place: found.group(place.group(1)), words)
