"""How the documentation is built; warnings are errors (`make docs`)."""

from __future__ import annotations

from pathlib import Path

import detente

project = "detente"
author = "The detente authors"
copyright = "The detente authors, MIT licence"
release = version = detente.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "reference/_generated"]
html_theme = "furo"
html_title = "detente"
html_copy_source = False
html_show_sphinx = False

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_google_docstring = False
napoleon_use_rtype = False


def generate(_app: object = None) -> None:
    """Write the pages that come from the code: the scenario reference and the glossary."""
    from detente.formats import markdown
    from detente.present import glossary
    from detente.scenario.schema import reference_markdown

    folder = Path(__file__).parent / "reference" / "_generated"
    folder.mkdir(exist_ok=True)
    (folder / "scenario-format.md").write_text(reference_markdown(), encoding="utf-8")
    _title, _, terms = markdown.render(glossary.page()).partition("\n")
    (folder / "glossary.md").write_text(terms, encoding="utf-8")


def setup(app: object) -> None:
    """Let Sphinx call `generate` before it reads the pages."""
    app.connect("builder-inited", generate)  # type: ignore[attr-defined]
