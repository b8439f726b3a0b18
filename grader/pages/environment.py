"""Templates as pages that stand alone: no script, no network, nothing but the file.

Who uses it: whoever makes a page (report). In goes the name of a template in templates/, which extends page.html; out
comes the template, ready to be filled. Markup in a submission is escaped by the template's autoescape, and every string
on its way into the page goes through explain.safe once more, so that none is forgotten.
"""

from __future__ import annotations

import functools
import re
from typing import Any

import jinja2
from markupsafe import Markup, escape

from grader.course import HOME
from grader.words import explain

PAGE_LIMIT = 20_000  # of one string; what is longer was cut before
CODE = re.compile("`([^`\n]+)`")


@functools.cache  # compiling takes 50 ms, filling in 2 ms, and a class has many pages
def template(name: str) -> jinja2.Template:
    """The template `name` of templates/, with the filters `line` (on one line) and `prose`."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HOME / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["line"] = explain.safe_line
    environment.filters["prose"] = prose
    return environment.get_template(name)


def _finalize(value: Any) -> Any:
    return explain.safe(value, PAGE_LIMIT) if isinstance(value, str) and not isinstance(value, Markup) else value


def prose(text: str) -> Markup:
    """Words of the course as HTML: escaped, and what stands in `backticks` as code."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(explain.safe(text)))))
