"""What can go wrong, with its place and the next step; imports nothing."""

from __future__ import annotations

from dataclasses import dataclass


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
        where = str(self.place)
        text = f"{self.what} {self.hint}".rstrip()
        return f"{where}  {text}" if where else text


class DetenteError(Exception):
    """Every error that a caller may want to catch; its text is fit to be shown to a user."""


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
