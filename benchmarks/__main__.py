"""`python -m benchmarks` runs the stability ladder.

`python -m benchmarks questions` times the questions, `python -m benchmarks foresight` iterated foresight,
`python -m benchmarks keys` what judging on keys saves, `python -m benchmarks worlds` many worlds.
"""

import sys

from benchmarks import foresight, keys, questions, stability, worlds

APART = {"questions": questions.main, "foresight": foresight.main, "keys": keys.main, "worlds": worlds.main}

if sys.argv[1:2] and sys.argv[1] in APART:
    APART[sys.argv.pop(1)]()
else:
    stability.main()
