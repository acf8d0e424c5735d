from __future__ import annotations

import pytest

from detente.page import Column, Table


def test_a_row_must_fit_its_columns() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        Table((Column("one"),), (("a", "b"),))
