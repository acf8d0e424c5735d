"""`detente …` and `python -m detente …`."""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    try:
        if sys.argv[1:] == ["--version"]:
            from detente import __version__

            print(f"detente {__version__}")
            return
        from detente.cli import app

        app(prog_name="detente")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
