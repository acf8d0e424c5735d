"""`python -m benchmarks` runs the stability ladder.

`python -m benchmarks questions` times the questions, `python -m benchmarks foresight` iterated foresight.
"""

import sys

from benchmarks import foresight, questions, stability

APART = {"questions": questions.main, "foresight": foresight.main}

if sys.argv[1:2] and sys.argv[1] in APART:
    APART[sys.argv.pop(1)]()
else:
    stability.main()
