"""Options that several commands share, and the values they take.

Knows no command.
"""

import math
from pathlib import Path
from typing import Any

import click

EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY_PATH = click.Path(path_type=Path)

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
AOI_OF_PAIR = click.option(
    "--aoi", type=EXISTING, help="Area of interest; default: the whole overlap."
)
RESULT_FOLDER = click.option(
    "--out", type=ANY_PATH, help="Result folder; default: results/<utc>-<hash>."
)
OFFLINE = click.option("--offline", is_flag=True, help="Do not ask the configured language model.")


class Number(click.FloatRange):
    """A number within a range; `nan` lies within any range for click, and is refused here."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number, or a usage error."""
        number: float = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


def numbers(_context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> Any:
    """Tuples of numbers from texts such as `13.4,52.5`; how many each has is in the metavar."""
    wanted = str(parameter.metavar).count(",") + 1
    found = []
    for text in values:
        try:
            read = tuple(float(part) for part in text.split(","))
        except ValueError:
            read = ()
        if len(read) != wanted or not all(map(math.isfinite, read)):
            msg = f"{text!r} is not {parameter.metavar}: {wanted} numbers with commas between them."
            raise click.BadParameter(msg)
        found.append(read)
    return tuple(found)
