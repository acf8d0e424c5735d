"""Numbers by their addresses, in words."""

from __future__ import annotations

import pytest

from detente.report.judgements import family, judgement


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("interests.A.good-name.weight", "the weight of good name to Aland"),
        ("interests.A.2.wants.B.gate.half", "how much “The gate: half” counts to Aland"),
        ("views.A-of-B.fear.weight", "the weight of fear to Bland as Aland sees it"),
        ("pressure.A.channels.B-coal.value", "the value of B coal for Aland"),
        ("venues.rome.composure.A", "how much rome adds to the composure of Aland"),
        ("tables.t.initiative", "the initiative of the table t"),
        ("parties.A.composure", "the composure of Aland"),
        ("views.A-of-B.2.avoids.B.gate.half", "how much “The gate: half” counts to Bland as Aland sees it"),
        (
            "shocks.a-storm.weights.A.good-name",
            "by how much a storm multiplies the weight of good name to Aland",
        ),
        ("shocks.a-storm.attitudes.A>B", "how a storm shifts the attitude of Aland to Bland"),
        ("cost.promise", "cost.promise"),
    ],
)
def test_addresses_in_words(address: str, told: str) -> None:
    assert judgement({"A": "Aland", "B": "Bland"}, {"B.gate": "The gate"}, address) == told


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ("interests.A", "the interests of Aland"),
        ("relations.A~B", "relations of Aland and Bland"),
        ("views.A-of-B", "the interests of Bland as Aland sees it"),
        ("pressure.A", "the trade of Aland"),
        ("venues", "places for talks"),
        ("tables", "tables"),
    ],
)
def test_families_in_words(known: str, told: str) -> None:
    assert family({"A": "Aland", "B": "Bland"}, known) == told
