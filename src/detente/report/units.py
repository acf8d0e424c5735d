"""In which units the numbers of charts are, where several questions draw the same kind of number."""

ATTITUDES = "attitudes, from −1 (hostile) to 1 (friendly); they have no unit"
TIES = "ties, from −1 (hostile) to 1 (friendly); they have no unit"
SUCCESS = "percentage points of success"
PRESSURE = "pressure, from 0 (none) to 1 (all trade closed); it has no unit"
WORTH = "worth of the trade; the scenario names no unit"
ROUNDS = "rounds, which are turns of the model"
