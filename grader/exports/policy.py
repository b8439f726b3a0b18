"""What becomes of points when they leave for a gradebook: lateness, bonus, scale and rounding, as policy.toml says.

Who uses it: export. What goes in: an entry of a gradebook, and the most points that there are. What comes out: a
Grade that says what was taken off and why. Nothing of it goes into a result: without a policy points are as they are.

    due = 2026-03-01T23:59:00      # when it was to be handed in
    timezone = "Europe/Berlin"     # of every time without one; without it: that of this machine
    grace_minutes = 15             # who is late by no more is not late
    per_day = 10                   # percent taken off for each day begun
    per_day_of = "maximum"         # ... of the maximum, or of what was earned: "score"
    cap = 50                       # the most that lateness takes, in percent
    bonus = true                   # whether bonus points count
    out_of = 100                   # scale to this maximum
    rounding = "half_up"           # "half_up", "half_even", "up", "down"
    digits = 1                     # behind the decimal point

    [extensions]                   # by id, number, e-mail address or name: a new time, or days more
    ada = 2026-03-08T23:59:00
    "grace@example.org" = 3
"""

from __future__ import annotations

import codecs
import decimal
import re
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from grader.exports.people import name_key, same
from grader.gradebook import Entry

Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
MOST, MOST_DAYS = 1_000_000, 36_500  # beyond, no sum of it holds
YEARS = range(1000, 9000)  # beyond, no sum of a time holds, whatever its time zone
Extension = datetime | Annotated[float, msgspec.Meta(ge=0, le=MOST_DAYS)]  # a new time, or days more
ROUNDING = {
    "half_up": decimal.ROUND_HALF_UP,
    "half_even": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
}
ALLOWED = {  # what can stand at each key, for people
    "due": "a time, such as 2026-03-01T23:59:00",
    "timezone": 'the name of a time zone, such as "Europe/Berlin"',
    "grace_minutes": f"a number from 0 to {MOST}",
    "per_day": "a number from 0 to 100",
    "per_day_of": '"maximum" or "score"',
    "cap": "a number from 0 to 100",
    "bonus": "true or false",
    "out_of": f"a number above 0, up to {MOST}",
    "rounding": '"half_up", "half_even", "up" or "down"',
    "digits": "a whole number from 0 to 6",
    "extensions": f"a table with a time, or a number of days from 0 to {MOST_DAYS}, for each student",
}
MOST_SHOWN = 60
AT = re.compile(r"`\$\.(\w+)")
DAY = timedelta(days=1)
UNKNOWN = "when it was handed in is not known: nothing taken off"
LATE_UNKNOWN = "marked late, but by how much is not known: nothing taken off"


class NoPolicy(Exception):
    """The file says something that there is not; the text is a sentence."""


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """policy.toml, whole."""

    due: datetime | None = None
    timezone: str | None = None
    grace_minutes: Annotated[float, msgspec.Meta(ge=0, le=MOST)] = 0
    per_day: Percent = 0
    per_day_of: Literal["maximum", "score"] = "maximum"
    cap: Percent = 100
    bonus: bool = True
    out_of: Annotated[float, msgspec.Meta(gt=0, le=MOST)] | None = None
    rounding: Literal["half_up", "half_even", "up", "down"] = "half_up"
    digits: Annotated[int, msgspec.Meta(ge=0, le=6)] = 2
    extensions: dict[str, Extension] = {}


@dataclass(frozen=True)
class Grade:
    """What one student's points have become; numbers are exact."""

    earned: Decimal  # bonus included where it counts, before anything was taken off
    taken_off: Decimal  # for lateness, on the scale of `points`
    points: Decimal  # scaled and rounded: what is to be written
    out_of: Decimal
    days_late: int = 0
    why: tuple[str, ...] = ()  # sentences; empty where the points are as they were


def read(path: Path) -> Policy:
    """The policy that `path` holds; raises NoPolicy, or OSError where it cannot be read."""
    try:
        said = msgspec.toml.decode(path.read_bytes().removeprefix(codecs.BOM_UTF8))
        if strangers := ", ".join(sorted(said.keys() - ALLOWED.keys())):
            raise NoPolicy(f"{path} says {strangers}, which there is not: there are {', '.join(ALLOWED)}")
        said = {key: _with_time(value) for key, value in said.items()}
        policy = msgspec.convert(said, Policy, builtin_types=(datetime, date, time))
    except RecursionError:
        raise NoPolicy(f"{path} is no policy: its lists go too deep") from None
    except (msgspec.MsgspecError, ValueError) as error:  # ValueError: no UTF-8, or a number with thousands of digits
        if found := AT.search(str(error)):
            raise NoPolicy(f"{path}: {found[1]} has to be {ALLOWED[found[1]]}{_instead(said[found[1]])}") from None
        raise NoPolicy(f"{path} is no policy: {error}") from None
    try:
        _zone(policy)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, such as Europe
        raise NoPolicy(f"{path} names the time zone {policy.timezone}, which there is not") from None
    if (far := next((at for at in _times(policy) if at.year not in YEARS), None)) is not None:
        raise NoPolicy(f"{path} says {far.isoformat()}: its year has to be from {YEARS[0]} to {YEARS[-1]}")
    if policy.per_day and policy.due is None:
        raise NoPolicy(f"{path} takes something off for each day and does not say when it was due")
    return policy


def _times(policy: Policy) -> list[datetime]:
    return [each for each in (policy.due, *policy.extensions.values()) if isinstance(each, datetime)]


def _instead(value: Any) -> str:
    """What stands there, where it is short."""
    if isinstance(value, (dict, list)):
        return ""
    is_number = isinstance(value, (float, int)) and not isinstance(value, bool)
    text = str(value) if is_number else msgspec.json.encode(value).decode()  # JSON has no word for what is not finite
    return f", and is {text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + ' ...'}"


def extensions(policy: Policy, entries: Iterable[Entry]) -> tuple[dict[str, Extension], list[str]]:
    """The extension of each entry that has one, by its id; and the names that are nobody's, or not one student's."""
    signs: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for sign in {same(entry.id), same(entry.student_id), same(entry.email), f"name {name_key(entry.name)}"} - {""}:
            signs[sign].add(entry.id)
    found, strangers = {}, []
    for name, more in policy.extensions.items():
        meant = signs.get(same(name)) or signs.get(f"name {name_key(name)}") or set()
        if len(meant) == 1:
            found[meant.pop()] = more
        else:
            strangers.append(name)
    return found, strangers


def grade(policy: Policy, entry: Entry, full: int, extension: Extension | None = None) -> Grade:
    """The grade of an entry that has a result; `full` are the most points in the class, without bonus."""
    with decimal.localcontext(decimal.Context(prec=40)):
        why: list[str] = []
        score = Decimal(entry.score)
        if 0 < entry.max_score < full:  # a check that is broken is our fault, and costs nothing
            score = score * full / entry.max_score
            missing = full - entry.max_score
            why.append(f"{missing} points could not be judged: {entry.score} of {entry.max_score} scaled")
        earned = score + (entry.stretch if policy.bonus else 0)
        days, late = _days_late(policy, entry, extension)
        percent = min(Decimal(str(policy.per_day)) * days, Decimal(str(policy.cap)))
        base = Decimal(full) if policy.per_day_of == "maximum" else earned
        taken = min(base * percent / 100, earned)
        why += late
        if taken:
            why.append(f"{number(percent)} % of {number(base)} taken off")
        out_of = Decimal(str(policy.out_of)) if policy.out_of else Decimal(full)
        scale = out_of / full if full else Decimal(1)
        step = Decimal(1).scaleb(-policy.digits)
        return Grade(
            earned=earned,
            taken_off=taken * scale,
            points=((earned - taken) * scale).quantize(step, ROUNDING[policy.rounding]),
            out_of=out_of,
            days_late=days,
            why=tuple(why),
        )


def number(value: Decimal, point: str = ".") -> str:
    """A number as it is written into a cell: no exponent, no zeros at its end, at most six digits behind the point."""
    text = f"{value.quantize(Decimal('0.000001')):f}".rstrip("0").rstrip(".")
    return (text if text not in ("-0", "") else "0").replace(".", point)


def _days_late(policy: Policy, entry: Entry, extension: Extension | None) -> tuple[int, list[str]]:
    """How many days were begun after it was due, and what is to be said of it."""
    if policy.due is None or not policy.per_day:
        return 0, []
    due, said = _moment(policy.due, policy), []
    if extension is not None:
        due = due + timedelta(days=extension) if isinstance(extension, (float, int)) else _moment(extension, policy)
        said = [f"extension to {due:%Y-%m-%d %H:%M}"]
    if (at := _handed_in(entry, policy)) is None:
        return 0, said if entry.late is False else [*said, LATE_UNKNOWN if entry.late else UNKNOWN]
    over = at - due.astimezone(timezone.utc)
    if over <= timedelta(minutes=policy.grace_minutes):
        return 0, [*said, "within the grace"] if over > timedelta() else said
    days = -(-over // DAY)
    return days, [*said, f"late by {days} day{'s' if days > 1 else ''} begun"]


def _handed_in(entry: Entry, policy: Policy) -> datetime | None:
    try:
        at = _moment(datetime.fromisoformat((entry.submitted_at or "").replace("Z", "+00:00")), policy)
        return at.astimezone(timezone.utc)
    except (ValueError, OverflowError):  # OverflowError: in the year 1, or 9999
        return None


def _with_time(value: Any) -> Any:
    """A day alone means its end."""
    if isinstance(value, dict):
        return {key: _with_time(each) for key, each in value.items()}
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    return datetime.combine(value, time(23, 59, 59)) if is_day else value


def _moment(at: datetime, policy: Policy) -> datetime:
    """A time without a zone is of the policy's, else of this machine's."""
    if at.tzinfo is not None:
        return at
    zone = _zone(policy)
    return at.replace(tzinfo=zone) if zone else at.astimezone()


def _zone(policy: Policy) -> tzinfo | None:
    if policy.timezone and policy.timezone.upper() in ("UTC", "Z"):
        return timezone.utc
    return zoneinfo.ZoneInfo(policy.timezone) if policy.timezone else None
