"""What every command has around it: errors become one sentence and an exit status.

Knows no command.
"""

import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from errors import GroundshiftError

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger("groundshift")


def door(command: Callable[P, R]) -> Callable[P, R]:
    """Turn errors into one sentence on stderr and the right exit status."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GroundshiftError as error:
            complain(error.message, error.hint)
            sys.exit(error.exit_status)
        except KeyboardInterrupt:
            complain("Interrupted; nothing was written.", "")
            sys.exit(130)
        except Exception:  # the last door: a fault of ours is logged whole
            log.exception("unexpected error")
            complain("Groundshift failed, and it is our fault.", "Please report the lines above.")
            sys.exit(1)

    return guarded


def complain(message: str, hint: str) -> None:
    """Say on stderr what is wrong and, if known, what to do."""
    click.echo(f"error: {message}", err=True)
    if hint:
        click.echo(f"  try: {hint}", err=True)
