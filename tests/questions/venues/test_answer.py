"""The answer about venues as data: what is written is read back, and durations without a number are null."""

from __future__ import annotations

import json

import jsonschema
import pytest

from detente.answers.answer import Names, ScenarioKey
from detente.answers.vocabulary import Duration
from detente.errors import DetenteError
from detente.questions.venues.answer import (
    Asymmetry,
    ChannelEffect,
    Contrast,
    Hosted,
    Lent,
    Parity,
    Standing,
    Supposed,
    Venues,
    VenueSeen,
    Warmed,
)

EFFECTS = (ChannelEffect("composure", 0.1, None), ChannelEffect("guarantor", 0.0, 0.5))
NEVER = Hosted(0.4, 0.5, (2, 3), Duration("never", None), None)

ANSWER = Venues(
    scenario=ScenarioKey("s", "0"),
    parties=("A", "B"),
    options=("A.x", "nature.y"),
    names=Names("S", {}, {}, {}, {}),
    feasible=4,
    strategy="talks",
    title="Talks",
    aim="deal",
    foresight="seq",
    foresights={"A": "seq", "B": "seq"},
    guarantee=0.03,
    stages=(1,),
    replaces=("inn",),
    nowhere=Hosted(0.0, 0.0, (), None, None),
    venues=(
        VenueSeen(
            venue="inn",
            title="The inn",
            host="A",
            place=1,
            hosted=NEVER,
            composure=(Lent("A", 0.1),),
            guarantors=("A",),
            assurance=(Lent("B", 0.01),),
            attitudes=(Warmed("A", "B", 0.02),),
            success=0.1,
            rounds=None,
            channels=EFFECTS,
        ),
    ),
    contrast=Contrast("inn", "mill", 0.1, None, EFFECTS),
    sweep=(Supposed(0.5, 1.0, 0.03, ("inn",), ("mill",), None),),
    standings=(Standing("inn", 1.0, 1, 1),),
    half_step=0.05,
    asymmetry=Asymmetry("A", "B", True, -0.25, 0.4, (Parity(0.5, 4.0, 0.1, 0.2),)),
)


def test_it_is_read_back_as_it_was_written() -> None:
    data = json.loads(ANSWER.to_json())
    jsonschema.validate(data, Venues.json_schema())
    assert Venues.from_dict(data) == ANSWER
    assert (data["question"], data["version"]) == ("venues", 1)


def test_durations_without_a_number_are_null() -> None:
    (seen,) = ANSWER.to_dict()["venues"]  # type: ignore[misc]
    assert seen["rounds"] is None  # type: ignore[index, call-overload]
    assert seen["hosted"]["lasts"] == {"ending": "never", "rounds": None}  # type: ignore[index, call-overload]


def test_rows_have_a_column_for_every_channel() -> None:
    (row,) = ANSWER.rows()
    assert (row["venue"], row["place"], row["noisy"], row["rounds"]) == ("inn", 1, 0.5, None)
    assert (row["rounds by composure"], row["rounds by guarantor"]) == (None, 0.5)


def test_another_version_is_refused() -> None:
    with pytest.raises(DetenteError, match="expected an answer to 'venues'"):
        Venues.from_dict({**ANSWER.to_dict(), "version": 2})
