"""How the documentation is built; warnings are errors (`make docs`)."""

from __future__ import annotations

import dataclasses
from typing import Any

import detente
from detente.answers.meanings import meanings

project = "detente"
author = "The detente authors"
copyright = "The detente authors, MIT licence"
release = version = detente.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "detente"
html_copy_source = False
html_show_sphinx = False

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_google_docstring = False
napoleon_use_rtype = False


def setup(app: Any) -> None:
    """What the fields of an answer mean stands beside their types; here it joins the docstring of the class."""
    app.connect("autodoc-process-docstring", tell_fields)
    app.connect("autodoc-process-signature", leave_out_fields)


def tell_fields(app: Any, what: str, name: str, thing: Any, options: Any, lines: list[str]) -> None:
    """Add a line per field to the docstring of an answer's record."""
    if is_described(thing):
        lines += ["", *(f":ivar {field}: {meaning}" for field, meaning in meanings(thing).items())]


def leave_out_fields(
    app: Any, what: str, name: str, thing: Any, options: Any, signature: str, returns: str
) -> tuple[str, str] | None:
    """The signature of such a record would say them all once more."""
    return ("", "") if is_described(thing) else None


def is_described(thing: Any) -> bool:
    """Whether this is a record of an answer."""
    described = ("detente.answers.", "detente.questions.")
    return dataclasses.is_dataclass(thing) and getattr(thing, "__module__", "").startswith(described)
