"""The card that lies beside a network of an operator's own, and says how it is to be used.

A TOML file with the name of the network's file; docs/own-models.md explains the fields. Knows
nothing of what is inside the network.
"""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from errors import InputError
from inference.adapters.squares import Squares
from raster.bands import BandRole
from raster.mask import ChangeClass, State
from raster.text import clean

MOST_BYTES = 65_536
COLOURS: tuple[BandRole, ...] = ("red", "green", "blue")
PALETTE = ("#d7301f", "#2b8cbe", "#e6ab02", "#7b3294", "#1b7837", "#666666")
GUIDE = "docs/own-models.md names the fields."

LEAST, MOST = 1e-30, 1e30
"""Of numbers that values are divided by, so that 32 bits hold what comes out."""

_FROZEN = ConfigDict(frozen=True, extra="forbid")


def _shown(given: Any) -> Any:
    """Text as it may be shown: on one line, nothing hidden in it."""
    return clean(given, limit=MOST_BYTES) if isinstance(given, str) else given


def _lowered(given: Any) -> Any:
    """Digits of a hash as Linux prints them; Windows prints capitals."""
    return given.lower() if isinstance(given, str) else given


Text = Annotated[str, BeforeValidator(_shown)]
Hash = Annotated[str, BeforeValidator(_lowered)]


class OwnInput(BaseModel):
    """What the network is given.

    Attributes:
        layout: `two` inputs, earlier date first, or both dates `stacked` as bands of one.
        names: of the inputs in an ONNX file; empty: in the order of the file.
        bands: roles in the order the network expects.
        values: `8bit` colours as 0..1, or the numbers of the `file`.
        divide_by: the file's numbers are divided by this first.
        mean: taken off each band after that.
        deviation: each band is then divided by this.
    """

    model_config = _FROZEN

    layout: Literal["two", "stacked"] = "two"
    names: tuple[str, ...] = Field(default=(), max_length=2)
    bands: tuple[BandRole, ...] = Field(default=COLOURS, min_length=1, max_length=16)
    values: Literal["8bit", "file"] = "8bit"
    divide_by: float = Field(default=1.0, gt=LEAST, lt=MOST, allow_inf_nan=False)
    mean: tuple[float, ...] = ()
    deviation: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Numbers of bands agree."""
        for what, given in (("mean", self.mean), ("deviation", self.deviation)):
            if given and len(given) != len(self.bands):
                msg = f"{what} must have one number for each of the {len(self.bands)} bands"
                raise ValueError(msg)
        if any(not -MOST < one < MOST for one in self.mean):
            msg = "mean must be numbers"
            raise ValueError(msg)
        if any(not LEAST < one < MOST for one in self.deviation):
            msg = "deviation must be above 0"
            raise ValueError(msg)
        if self.values == "8bit" and self.bands != COLOURS:
            msg = 'values "8bit" are for red, green and blue; use "file" for other bands'
            raise ValueError(msg)
        if self.names and len(self.names) != (2 if self.layout == "two" else 1):
            msg = f"names must name the input or inputs of layout {self.layout!r}"
            raise ValueError(msg)
        return self


class OwnClass(BaseModel):
    """One kind of change that the network tells apart."""

    model_config = _FROZEN

    name: str = Field(pattern=r"^[a-z][a-z_]{0,39}$")
    label: Text = Field(default="", max_length=60)
    state: State = "changed"


class OwnOutput(BaseModel):
    """What the network gives.

    Attributes:
        name: of the output in an ONNX file; empty: the only one.
        kind: `sigmoid` or `softmax` if it gives shares, `logits` if it gives what comes before.
        threshold: share from which a pixel is changed.
        classes: one for each channel but that of no change, which comes first; a single channel
            has one class.
    """

    model_config = _FROZEN

    name: str = Field(default="", max_length=200)
    kind: Literal["logits", "softmax", "sigmoid"]
    threshold: float = Field(default=0.5, gt=0, lt=1)
    classes: tuple[OwnClass, ...] = Field(
        default=(OwnClass(name="changed"),), min_length=1, max_length=len(PALETTE)
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Several kinds of change need a channel each."""
        if self.kind == "sigmoid" and len(self.classes) > 1:
            msg = 'kind "sigmoid" has a single class; use "softmax" or "logits" for several'
            raise ValueError(msg)
        if len({one.name for one in self.classes}) < len(self.classes):
            msg = "two classes have one name"
            raise ValueError(msg)
        return self


class OwnCard(BaseModel):
    """Everything the app must know of a network to run it.

    Attributes:
        title: name for people.
        summary: one or two sentences.
        source: paper or project.
        licence: its terms.
        sha256: of the network's file; any other file is refused.
        gsd_m: smallest and largest ground size of a pixel it was trained for.
        window_px: rows and columns it is given at once.
        margin_px: pixels at each side whose answers are not used.
        input: what it is given.
        output: what it gives.
        limits: plain sentences on where it fails.
    """

    model_config = _FROZEN

    title: Text = Field(min_length=1, max_length=80)
    summary: Text = Field(default="", max_length=400)
    source: Text = Field(default="not stated", max_length=400)
    licence: Text = Field(default="not stated", max_length=300)
    sha256: Hash = Field(pattern=r"^[0-9a-f]{64}$")
    gsd_m: tuple[float, float]
    window_px: int = Field(default=512, ge=32, le=4096)
    margin_px: int = Field(default=0, ge=0)
    input: OwnInput = OwnInput()
    output: OwnOutput
    limits: tuple[Text, ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        """Windows have a middle, and the range of ground sizes an order."""
        if not 0 < self.gsd_m[0] <= self.gsd_m[1] < float("inf"):
            msg = "gsd_m must be the smallest and the largest ground size of a pixel"
            raise ValueError(msg)
        if 4 * self.margin_px > self.window_px:
            msg = "margin_px may be at most a quarter of window_px"
            raise ValueError(msg)
        return self

    @property
    def squares(self) -> Squares:
        """How a block is cut for it."""
        return Squares(self.window_px, self.margin_px)

    @property
    def classes(self) -> tuple[ChangeClass, ...]:
        """The legend of its mask."""
        return tuple(
            ChangeClass(code, one.name, one.label or one.name.replace("_", " "), one.state, color)
            for code, (one, color) in enumerate(
                zip(self.output.classes, PALETTE, strict=False), start=1
            )
        )


def read(path: Path) -> OwnCard:
    """The card in a TOML file.

    Raises:
        InputError: it is too long, no TOML, or lacks or misspells a field.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            msg = f"The card {path.name!r} is larger than {MOST_BYTES:,} bytes."
            raise InputError(msg, hint=GUIDE)
        return OwnCard.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the card"
        what = first["msg"].removeprefix("Value error, ")
        msg = f"The card {path.name!r} cannot be used: {where}: {what}."
        raise InputError(msg, hint=GUIDE) from error
    # RecursionError is a deeply nested file.
    except (OSError, ValueError, RecursionError) as error:
        msg = f"The card {path.name!r} is no TOML file in UTF-8 that can be read."
        raise InputError(msg, hint=GUIDE) from error
