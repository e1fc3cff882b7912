"""The tools there are, found by looking, and the one way to call them.

A module of this folder that has a `SUMMARY` is a tool. Knows nothing of what tools measure.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, cast

from agent import tools
from agent.desk import Desk
from agent.tools.base import Reason, Refusal, Told, Wanted
from agent.tools.choosing import ABOUT_CHARS, DeclinedError
from analysis.inquiry.arithmetic import ArithmeticRefused
from analysis.inquiry.state import Unanswerable
from errors import GroundshiftError
from raster.text import clean


@dataclass(frozen=True)
class Tool:
    """One tool.

    Attributes:
        name: of its module; a verb and what it is about.
        summary: what a model is told of it.
        Arguments: type of its arguments, whose JSON schema a model is given.
        run: calls it with arguments of that type.
    """

    name: str
    summary: str
    Arguments: type[Wanted]
    run: Callable[[Desk, Any], Told]


@cache
def discover() -> Mapping[str, Tool]:
    """Every tool by its name, in alphabetical order."""
    found = {}
    for info in sorted(pkgutil.iter_modules(tools.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"{tools.__name__}.{info.name}")
        if hasattr(module, "SUMMARY"):
            found[info.name] = Tool(info.name, module.SUMMARY, module.Arguments, module.run)
    return MappingProxyType(found)


def call(tool: Tool, desk: Desk, arguments: Mapping[str, Any]) -> Told:
    """What a tool tells; its facts can be named by their handles from now on.

    Raises:
        pydantic.ValidationError: the arguments are not what the tool's schema says.
    """
    wanted = tool.Arguments.model_validate(dict(arguments))
    told = _told(tool, desk, wanted)
    desk.book.add(told.facts)
    return told


def _told(tool: Tool, desk: Desk, wanted: Wanted) -> Told:
    """What it tells; whatever cannot be answered is a refusal."""
    try:
        return tool.run(desk, wanted)
    except DeclinedError as declined:
        return Told(refusal=declined.refusal)
    except Unanswerable as missing:
        about = clean(missing.about, limit=ABOUT_CHARS)
        return Told(refusal=Refusal(cast("Reason", missing.reason), about, missing.nearest))
    except ArithmeticRefused as refused:
        return Told(refusal=Refusal("unsupported"), quoted=(clean(str(refused)),))
    except GroundshiftError as error:
        return Told(refusal=Refusal("not_allowed"), quoted=(clean(str(error)),))
