"""`detente …` and `python -m detente …`."""

from __future__ import annotations

import sys

from detente import written
from detente.cli import limits, signals, streams

NO_MEANS, INTERRUPTED = 3, 130


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    streams.secure()
    limits.guard()
    signals.watch()
    try:
        if sys.argv[1:] == ["--version"]:
            from detente import __version__

            print(f"detente {__version__}", flush=True)
            return
        from detente.cli.main import app

        app(prog_name="detente")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except OSError as error:
        print(f"output: {error.strerror or error}; {written.told()}", file=sys.stderr)
        sys.exit(NO_MEANS)
    finally:
        streams.forget()


if __name__ == "__main__":
    main()
