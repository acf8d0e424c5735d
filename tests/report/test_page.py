from __future__ import annotations

import pytest

from detente.report.page import Column, Edge, Flow, Link, Matrix, Network, Table


def test_a_row_must_fit_its_columns() -> None:
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        Table((Column("one"),), (("a", "b"),))


def test_a_matrix_must_have_a_value_for_each_pair() -> None:
    with pytest.raises(ValueError, match="1 by 2 numbers"):
        Matrix("t", ("a",), ("a", "b"), ((1.0,),), "x", "u")


def test_a_network_ties_only_its_own_nodes() -> None:
    with pytest.raises(ValueError, match="no node is called c, d"):
        Network("t", ("a", "b"), (Edge("a", "c", 1.0),), (("b", "d"),), "x", "u")


def test_a_flow_never_comes_back() -> None:
    with pytest.raises(ValueError, match="comes back to a"):
        Flow("t", (Link("a", "b", 1.0, ""), Link("b", "a", 1.0, "")), "x", "u")


def test_a_flow_has_no_negative_amount() -> None:
    with pytest.raises(ValueError, match="at least 0"):
        Flow("t", (Link("a", "b", -1.0, ""),), "x", "u")
