"""`python -m benchmarks` runs the stability ladder.

`python -m benchmarks questions` times the questions, `python -m benchmarks foresight` iterated foresight,
`python -m benchmarks keys` what judging on keys saves.
"""

import sys

from benchmarks import foresight, keys, questions, stability

APART = {"questions": questions.main, "foresight": foresight.main, "keys": keys.main}

if sys.argv[1:2] and sys.argv[1] in APART:
    APART[sys.argv.pop(1)]()
else:
    stability.main()
