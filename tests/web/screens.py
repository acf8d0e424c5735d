"""Pictures of every page of the workbench: light and dark, wide and narrow.

`python tests/web/screens.py FOLDER [SCENARIO]` writes them, one PNG a page.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from detente.catalogue import QUESTIONS
from web.browsing import browser
from web.served import FERRY, served

PATIENCE = 60_000  # milliseconds for a page's answer
WORKED = (
    "() => !document.querySelector('.working') && !/slower/.test(document.getElementById('state')?.textContent)"
)


def main(folder: Path, scenario: str) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with served(scenario) as bench, browser() as running:
        name = bench.client.get("/").url.path.split("/")[2]
        paths = [f"c/{name}/{word}" for word in (*(row.word for row in QUESTIONS), "brief", "text")]
        for theme in ("light", "dark"):
            for width in (1280, 390):
                context = running.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
                page = context.new_page()
                page.goto(bench.address)
                for path in (*paths, "crises"):
                    page.goto(f"{bench.base}/{path}")
                    page.wait_for_function(WORKED, timeout=PATIENCE)
                    file = folder / f"{path.rpartition('/')[2]}-{theme}-{width}.png"
                    page.screenshot(path=file, full_page=True)
                    print(file)
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else FERRY)
