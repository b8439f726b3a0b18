"""Wrong use, as a sentence: what the user asked for and cannot have, and what to do instead.

Who uses it: whatever finds out raises it with a key of words.toml and its facts; cli says it, and exits with 2.
"""

from __future__ import annotations

import errno

# The user's to mend, whatever is written.
NO_ROOM = {errno.ENOSPC, errno.EROFS, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Misuse(Exception):
    """`said` is a key of words.toml, whose words are filled with `facts`; what a teacher alone meets is a sentence."""

    def __init__(self, said: str, **facts: object) -> None:
        super().__init__(said)
        self.said, self.facts = said, {name: str(fact) for name, fact in facts.items()}

    def in_(self, lang: str) -> str:
        """The sentence in `lang`, "en" or "zh"."""
        from grader import course as courses  # `grade --help` does without it

        words = courses.words().words
        return words[self.said].in_(lang).format_map(self.facts) if self.said in words else self.said

    def __str__(self) -> str:
        return self.in_("en")
