"""The timeline of a check, drawn: its lanes go in, a small SVG picture comes out.

Who uses it: report puts it into the page, whose style sheet gives the colours by class; it holds no script and no
link. A state is told by its form, too: a full bar runs, an outline waits, stripes are held, dots are dead. Names and
what is told of an event are escaped; all else is ours. (Markup.format would do so by itself, and take half of the time
of a whole page.)
"""

from __future__ import annotations

from markupsafe import Markup, escape

from grader.pages.drawing import fit
from grader.words.lanes import Chart, Lane

NAMES, ROW, TOP, BAR = 168, 30, 18, 10
WIDEST, STEP_LEAST, STEP_MOST = 620, 14, 30  # of all columns; of one
COLUMNS_OF_A_NAME = 22
FORMS = {  # of the events that have one, from so far beside their place; the others show by the state that they begin
    "born": (-4, 0, "a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"),
    "ended": (-5, -5, "l10 10m0 -10l-10 10"),
    "reaped": (0, -7, "v14"),
    "called": (-3, -8, "l8 8l-8 8z"),
    "returned": (5, -8, "l-8 8l8 8z"),
    "raised": (5, -8, "l-8 8l8 8z"),
}


def lanes_svg(chart: Chart, label: str) -> Markup:
    """The picture of `chart`, which is called `label` for those who cannot see it."""
    step = max(STEP_LEAST, min(STEP_MOST, WIDEST // max(chart.columns, 1)))
    width, height = NAMES + step * chart.columns + 12, TOP * 2 + ROW * (len(chart.lanes) - 1)
    parts = [_lane_svg(lane, index, step) for index, lane in enumerate(chart.lanes)]
    births = [_birth_svg(lane, index, step) for index, lane in enumerate(chart.lanes) if lane.parent is not None]
    head = (
        f'<svg class="lanes" role="img" aria-label="{escape(label)}" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
    )
    return Markup("".join([head, *births, *parts, "</svg>"]))


def _lane_svg(lane: Lane, index: int, step: int) -> str:
    y = TOP + index * ROW
    name = f'<text x="0" y="{y + 4}">{escape(fit(lane.name, COLUMNS_OF_A_NAME))}</text>'
    spans = [_span_svg(start, end, state, y, step) for start, end, state in lane.spans if end > start and state]
    marks = [_mark_svg(column, kind, told, y, step) for column, kind, told in lane.marks if kind in FORMS]
    return "".join([name, *spans, *marks])


def _span_svg(start: int, end: int, state: str, y: int, step: int) -> str:
    x, length = _x(start, step), (end - start) * step
    if state == "waits":
        return f'<rect class="waits" x="{x + 1}" y="{y - BAR // 2 + 1}" width="{length - 2}" height="{BAR - 2}"/>'
    return f'<path class="{state}" d="M{x} {y}h{length}"/>'


def _mark_svg(column: int, kind: str, told: str, y: int, step: int) -> str:
    left, up, form = FORMS[kind]
    at = f"M{_x(column, step) + left} {y + up}{form}"
    return f'<path class="mark {kind}" d="{at}"><title>{escape(told)}</title></path>'


def _birth_svg(lane: Lane, index: int, step: int) -> str:
    """The line from who started it."""
    assert lane.parent is not None
    x, start, end = _x(lane.born, step), TOP + lane.parent * ROW, TOP + index * ROW
    way = 1 if end > start else -1
    return f'<path class="birth" d="M{x} {start}V{end - way * 5}m-3 {-way * 4}l3 {way * 4}l3 {-way * 4}"/>'


def _x(column: int, step: int) -> int:
    return NAMES + column * step + step // 2
