"""`python -m benchmarks` runs the stability ladder."""

from benchmarks.stability import main

main()
