"""`detente …` and `python -m detente …`."""

from __future__ import annotations

import os
import sys

NO_MEANS, INTERRUPTED, PIPE_CLOSED = 3, 130, 141


def main() -> None:
    """Run the command line; ends the process with the exit code."""
    try:
        if sys.argv[1:] == ["--version"]:
            from detente import __version__

            print(f"detente {__version__}", flush=True)
            return
        from detente.cli.main import app

        app(prog_name="detente")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.exit(PIPE_CLOSED)
    except OSError as error:
        print(f"output: {error.strerror or error}; nothing was written.", file=sys.stderr)
        sys.exit(NO_MEANS)
    finally:
        _let_go()


def _let_go() -> None:
    """Forget what the standard output does not take: the exit code has said so, and Python would say 120."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
