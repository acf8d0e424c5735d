"""Files of other programs in this field that are no scenarios: recognised by their beginning, and named.

None of them is read, since what they hold (bids, issue spaces, extensive games) has no counterpart here; the
sentence says what the file is and what can be done with it.
"""

from __future__ import annotations

import re
from pathlib import Path

from detente.errors import Place, Problem

HEAD = 4096
"""Bytes looked at."""

_BY_HAND = "Write its parties and options as a scenario: `detente new NAME` begins one."
_SPACES = f"It describes issues and bids, not moves of parties. {_BY_HAND}"
_SCALES = f"It places actors on scales. {_BY_HAND}"
_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (
        rb"\A\x80[\x01-\x05]",
        "a pickled (binary) file, as old versions of GMCR+ saved them, which is never opened here",
        "Open it in a newer GMCR+ and save it there as text (.gmcr).",
    ),
    (
        rb"\A\s*NFG\s+1\s",
        "a strategic game in Gambit's .nfg format",
        f"Such games are written here, not read: `detente convert SCENARIO game.nfg`. {_BY_HAND}",
    ),
    (rb"\A\s*EFG\s+2\s", "an extensive game in Gambit's .efg format", _BY_HAND),
    (
        rb"<negotiation_(template|domain)\b|<utility_space\b",
        "an XML file of the negotiation program GENIUS",
        _SPACES,
    ),
    (
        rb'"(LinearAdditive(UtilitySpace)?|DefaultPartialOrdering|issueUtilities|issuesValues)"\s*:',
        "a JSON file of the negotiation program GeniusWeb",
        _SPACES,
    ),
    (
        rb"smpSchema\.xsd|<VictoryProbModel>|<PCEModel>",
        "an XML file of the bargaining program KTAB",
        _SCALES,
    ),
    (
        rb"^\s*Actor\s*,\s*Description\s*,\s*Power\s*,",
        "a CSV file of the bargaining program KTAB",
        _SCALES,
    ),
)
_MISNAMED = (
    rb'"permittedDirection"\s*:',
    "a model of the program GMCR+",
    "Save it in a file whose name ends in .gmcr, and name that.",
)
"""Said of what does not come from a file of that ending; those that do are read."""


def foreign(head: bytes, file: str) -> Problem | None:
    """The problem that names a file of another program; None where it is none that is known.

    Parameters
    ----------
    head : the file's first bytes.
    file : what the problem calls the file.
    """
    text = head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    for sign, what, advice in _SIGNS if file.lower().endswith(".gmcr") else (*_SIGNS, _MISNAMED):
        if re.search(sign, text, re.IGNORECASE | re.MULTILINE):
            return Problem(Place(file), f"this is {what}.", advice)
    return None


def foreign_file(path: Path) -> Problem | None:
    """As `foreign`, for a file; None where it cannot be opened, and for a pipe, which is read only once."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            return foreign(stream.read(HEAD), str(path))
    except OSError:
        return None
