"""The class of every command: refuses what typer would take without a word."""

from __future__ import annotations

from collections import Counter
from typing import Any

from typer.core import TyperCommand


class Command(TyperCommand):
    """A command that refuses an option given twice, where one value would silently win over the other."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed; see `TyperCommand`."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        given = Counter(option.opts[0] for option in order if _holds_one(option))
        for flag, count in given.items():
            if count > 1:
                ctx.fail(f"{flag} is given {'twice' if count == 2 else f'{count} times'}. Keep one.")
        return super().parse_args(ctx, args)


def _holds_one(parameter: Any) -> bool:
    return parameter.param_type_name == "option" and not parameter.multiple and not parameter.is_flag
