"""What can go wrong, with its place and the next step; imports nothing of the package."""

from __future__ import annotations

import re
from dataclasses import dataclass

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What breaks a line, steers a terminal, turns the reading direction or takes no room."""


def hidden(text: str) -> tuple[str, ...]:
    """The characters of a text that nobody sees, though they change how it reads."""
    return tuple(HIDDEN.findall(text))


def on_one_line(text: str) -> str:
    """The text with such characters spelt out, as `\\n` or `\\u202e`: nothing in it passes for another line."""
    return HIDDEN.sub(lambda found: found.group().encode("unicode_escape", "surrogatepass").decode(), text)


@dataclass(frozen=True, order=True)
class Place:
    """Where in an input something stands; line and column count from 1, 0 when unknown."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    place: Place
    what: str
    hint: str = ""

    def __str__(self) -> str:
        where = on_one_line(str(self.place))
        text = on_one_line(f"{self.what} {self.hint}".rstrip())
        return f"{where}  {text}" if where else text


class DetenteError(Exception):
    """Every error that a caller may want to catch; its text is one line, fit to be shown to a user."""

    def __str__(self) -> str:
        return on_one_line(super().__str__())


class DetenteWarning(UserWarning):
    """What a user should know although the answer is right; its text is fit to be shown."""


class ScenarioError(DetenteError):
    """A scenario cannot be used; carries every problem found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        lines = [str(problem) for problem in self.problems]
        lines.append(f"{count} problem{'s' if count != 1 else ''}; nothing was run.")
        return "\n".join(lines)


class TooLargeError(DetenteError):
    """A model would need more states or memory than is admitted; says how many, the limit and why."""


class RefusedError(DetenteError):
    """A question that this scenario cannot answer, with the reason and what would be needed."""


class UnknownNameError(DetenteError):
    """A name that the scenario does not know, with a near miss where there is one."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...] | list[str] = ()) -> None:
        import difflib

        self.kind, self.name, self.known = kind, name, tuple(known)
        folded = {each.casefold(): each for each in reversed(self.known)}
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.5)
        if near:
            hint = f"Did you mean '{folded[near[0]]}'?"
        elif self.known:
            shown = ", ".join(self.known[:12]) + (", …" if len(self.known) > 12 else "")
            hint = f"Known: {shown}."
        else:
            hint = f"The scenario has no {kind} at all."
        super().__init__(f"no {kind} called '{name}'. {hint}")
