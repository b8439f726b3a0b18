"""Text made harmless for the place where it is read; control characters were made visible before (explain.safe).

Who uses it: the formats, and ci for the job's log.
"""

from __future__ import annotations

import html
import re

from grader.words.runners import MARK, inert

CODE = re.compile("`([^`\n]+)`")
PLAIN = re.compile(r"[^\w\s,%/()?']|_")
RUN = re.compile("`+")


def log(text: str) -> str:
    """For the log of a job: no line of it is a command to the runner of GitHub Actions."""
    return inert(text.replace("\r", "\\r"))


def command_data(text: str) -> str:
    """For the message of a workflow command."""
    return MARK.sub("# #", text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def command_property(text: str) -> str:
    """For a property of a workflow command."""
    return command_data(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """For a line of Markdown: every sign that could mean something is a character reference, which means nothing."""
    return PLAIN.sub(lambda found: f"&#{ord(found.group())};", text.replace("\n", " "))


def markdown_prose(text: str) -> str:
    """Words of the course for a line of Markdown, what stands in `backticks` as code."""
    return _coded(text, markdown)


def fenced(text: str) -> str:
    """A block of Markdown that shows `text` as it is: its fence is longer than any in the text."""
    fence = "`" * max(3, 1 + max((len(run) for run in RUN.findall(text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def prose(text: str) -> str:
    """Words of the course as HTML, what stands in `backticks` as code."""
    return _coded(text, html.escape)


def _coded(text: str, escape) -> str:  # type: ignore[no-untyped-def]
    parts = CODE.split(text)
    return "".join(f"<code>{escape(part)}</code>" if index % 2 else escape(part) for index, part in enumerate(parts))
