"""How long a set is kept: against dense algebra, closed forms and plain simulation."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from detente.play import first_passage as module
from detente.play.first_passage import expected_rounds, first_passage


def chain(
    seed: int, count: int, causes: int = 2, leak: float = 0.2
) -> tuple[csr_array, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    inside = rng.random((count, count)) * (rng.random((count, count)) < 0.5) + 0.01
    exits = rng.random((count, causes)) * leak
    total = inside.sum(axis=1) + exits.sum(axis=1)
    return csr_array(inside / total[:, None]), exits / total[:, None], rng.random(count)


@pytest.mark.parametrize("seed", range(20))
def test_rounds_and_causes_equal_dense_algebra(seed: int) -> None:
    inside, exits, start = chain(seed, 2 + seed % 9)
    found = first_passage(inside, exits, start)
    fundamental = np.linalg.inv(np.eye(len(start)) - inside.toarray())
    weights = start / start.sum()
    assert found.rounds == pytest.approx(float(weights @ fundamental.sum(axis=1)))
    assert found.exits == pytest.approx(weights @ fundamental @ exits)
    assert found.exits.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("reduced", [0, 1200])
@pytest.mark.parametrize("seed", range(6))
def test_every_way_of_solving_agrees(seed: int, reduced: int, monkeypatch: pytest.MonkeyPatch) -> None:
    inside, exits, start = chain(seed, 12, leak=0.05)
    swept = first_passage(inside, exits, start)
    monkeypatch.setattr(module, "_swept", lambda *given: (None, False))
    monkeypatch.setattr(module, "REDUCED", reduced)
    other = first_passage(inside, exits, start)
    assert other.visits == pytest.approx(swept.visits, rel=1e-10)
    assert other.exits == pytest.approx(swept.exits, rel=1e-10)
    assert expected_rounds(inside, exits, start) == pytest.approx(swept.rounds, rel=1e-12)


def test_two_wells_left_at_very_different_rates_are_exact() -> None:
    """Half the mass falls into a well that is left once in 1e8 rounds, the other half leaves at once."""
    inside = csr_array(np.array([[0.0, 0.5, 0.0], [0.0, 1 - 2e-8, 1e-8], [0.0, 0.5, 0.5]]))
    exits = np.array([[0.5], [1e-8], [0.0]])
    found = first_passage(inside, exits, np.array([1.0, 0.0, 0.0]))
    stays = (1 + 1e-8 * 2) / 1e-8
    assert found.rounds == pytest.approx(1 + 0.5 * stays, rel=1e-12)
    assert found.half_life == 1


def test_visits_say_where_the_rounds_are_spent() -> None:
    inside = csr_array(np.array([[0.5, 0.25], [0.0, 0.9]]))
    found = first_passage(inside, np.array([[0.25], [0.1]]), np.array([1.0, 0.0]))
    assert found.visits == pytest.approx([2.0, 5.0])
    assert found.rounds == pytest.approx(7.0)


def test_a_tiny_leak_is_exact() -> None:
    tiny = 1e-14
    inside = csr_array(np.array([[0.5, 0.5 - tiny], [0.5, 0.5]]))
    found = first_passage(inside, np.array([[tiny], [0.0]]), np.array([1.0, 0.0]))
    assert found.rounds == pytest.approx(2 / tiny, rel=1e-9)


def test_simulation_agrees() -> None:
    inside, exits, start = chain(3, 5, leak=0.4)
    found = first_passage(inside, exits, start, rounds=30)
    rng = np.random.default_rng(1)
    rows = np.hstack([inside.toarray(), exits])
    times, runs = [], 20_000
    for _ in range(runs):
        state, time = rng.choice(5, p=start / start.sum()), 0
        while state < 5:
            state, time = int(np.searchsorted(rows[state].cumsum(), rng.random())), time + 1
        times.append(time)
    taken = np.array(times)
    assert taken.mean() == pytest.approx(found.rounds, abs=4 * taken.std() / runs**0.5)
    for time in (1, 3, 8):
        assert (taken > time).mean() == pytest.approx(found.survival[time], abs=0.02)
    assert (taken > found.half_life).mean() <= 0.51
    assert (taken > found.half_life - 1).mean() >= 0.49


def test_never_and_partly_never() -> None:
    closed = csr_array(np.array([[1.0]]))
    found = first_passage(closed, np.zeros((1, 1)), np.ones(1))
    assert (found.rounds, found.never, found.half_life) == (float("inf"), 1.0, float("inf"))
    inside = csr_array(np.array([[0.0, 0.25], [0.0, 1.0]]))
    found = first_passage(inside, np.array([[0.75], [0.0]]), np.array([1.0, 0.0]))
    assert found.never == pytest.approx(0.25)
    assert found.exits == pytest.approx([0.75])
    assert found.half_life == 1


def test_geometric_half_life_far_out() -> None:
    leak = 1e-6
    found = first_passage(csr_array(np.array([[1 - leak]])), np.array([[leak]]), np.ones(1))
    assert found.half_life == pytest.approx(np.log(2) / leak, rel=1e-5)


def test_rows_must_sum_to_one() -> None:
    with pytest.raises(ValueError, match="sum to 1"):
        first_passage(csr_array(np.array([[0.5]])), np.array([[0.4]]), np.ones(1))
    with pytest.raises(ValueError, match="mass"):
        first_passage(csr_array(np.array([[0.5]])), np.array([[0.5]]), np.zeros(1))
