"""How long it takes, in a browser, from letting go of a slider until the verdict under SEQ stands in the page.

`python -m benchmarks.sliders [SCENARIO] [MOVES]`, from the repository's root with `tests` on the path.
"""

from __future__ import annotations

import sys

from web.browsing import browser
from web.served import served

MOVE = """async (step) => {
  const ranges = [...document.querySelectorAll('#sliders input[type=range]')];
  const range = ranges[(step * 37) % ranges.length];
  const table = document.getElementById('standings');
  const share = (step % 2 ? 0.25 : 0.8);
  range.value = Number(range.min) + share * (Number(range.max) - Number(range.min));
  const begun = performance.now();
  range.dispatchEvent(new Event('change'));
  const wanted = new URLSearchParams(location.search).toString();
  while (table.dataset.shown !== wanted) {
    await new Promise((done) => setTimeout(done, 2));
    if (performance.now() - begun > 60000) throw new Error(document.getElementById('state').textContent);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}"""

SHOWN = "() => document.getElementById('standings').dataset.shown !== undefined"


def measured(scenario: str, moves: int) -> list[float]:
    """Milliseconds of so many moves, each of another number, all kept."""
    with served(scenario) as bench, browser() as running:
        page = running.new_page()
        page.goto(bench.address)
        page.goto(f"{bench.base}{page.url.removeprefix(bench.base).replace('overview', 'assess')}")
        page.wait_for_function("() => document.querySelector('#sliders').getAttribute('aria-busy') === 'false'")
        page.wait_for_function(
            "() => document.getElementById('standings').dataset.shown !== undefined", timeout=300_000
        )
        for step in range(3):
            page.evaluate(MOVE, step)
        return [page.evaluate(MOVE, step) for step in range(3, 3 + moves)]


def main() -> None:
    """Print the median, the 95th of a hundred and the most."""
    scenario = sys.argv[1] if len(sys.argv) > 1 else "korea-2017"
    times = sorted(measured(scenario, int(sys.argv[2]) if len(sys.argv) > 2 else 60))
    at = {share: times[min(len(times) - 1, int(share * len(times)))] for share in (0.5, 0.95)}
    told = f"median {at[0.5]:.0f} ms, p95 {at[0.95]:.0f} ms, most {times[-1]:.0f} ms"
    print(f"{scenario}: {len(times)} moves, {told}")


if __name__ == "__main__":
    main()
