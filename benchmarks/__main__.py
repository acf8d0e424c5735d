"""`python -m benchmarks` runs the stability ladder; `python -m benchmarks questions` times the questions."""

import sys

from benchmarks import questions, stability

if sys.argv[1:2] == ["questions"]:
    del sys.argv[1]
    questions.main()
else:
    stability.main()
