"""Every error a user can meet, in one short tree.

Knows nothing of pixels or pages: a message says what was wrong, the hint says what to do.

    GroundshiftError
    ├── InputError            arguments or settings that cannot be used
    ├── RasterError
    │   ├── UnreadableRasterError   not a raster we open, truncated, or an unsafe driver
    │   ├── MissingCrsError         no CRS, so a pixel has no ground size
    │   ├── NoOverlapError          pre and post do not share ground
    │   ├── GsdMismatchError        the two ground sizes cannot be compared
    │   └── TooManyPixelsError      more pixels declared than the limit in the settings
    ├── AoiError
    │   ├── UnreadableAoiError      not a vector file we read, or unsafe
    │   ├── EmptyAoiError           no polygon with an area
    │   └── OutsideSceneError       the AOI misses the overlap of the pair
    ├── PairRefusedError      preflight refused the pair (exit status 3)
    ├── ModelError
    │   ├── UnknownDetectorError
    │   ├── WeightsMissingError
    │   ├── WeightsCorruptError     a weights file is not the one that was published
    │   ├── OutOfDeviceMemoryError  a graphics card is too small for one tile
    │   └── UnsuitableSceneError    the detector cannot work on these bands
    ├── JobError
    │   └── CancelledError
    ├── AccessError           what the app keeps for its users cannot be had
    │   ├── NotFoundError           not there, or another user's: the words are the same
    │   ├── ForbiddenError          a token or an identity that is not accepted
    │   ├── ConflictError           a piece of an upload does not follow what has arrived
    │   └── LimitError              quota, rate or queue is full
    ├── OutboundError         a server on the network cannot or may not be asked
    └── ExportError           a result could not be written
"""


class GroundshiftError(Exception):
    """A failure with one clear sentence and a remedy.

    Attributes:
        message: what was wrong, with the value and the limit.
        hint: what to do about it; may be empty.
        exit_status: what the command line exits with: 2 wrong input, 3 refused pair, 1 our fault.
    """

    exit_status = 2

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Message and remedy as one line."""
        return f"{self.message} {self.hint}".strip()


class InputError(GroundshiftError):
    """An argument or a setting cannot be used."""


class RasterError(GroundshiftError):
    """A raster cannot be used."""


class UnreadableRasterError(RasterError):
    """The file is not a raster we open, is truncated, or hides another driver."""


class MissingCrsError(RasterError):
    """The raster has no CRS, so a pixel has no ground size."""


class NoOverlapError(RasterError):
    """Pre and post do not share ground."""


class GsdMismatchError(RasterError):
    """The ground sizes of pre and post cannot be compared."""


class TooManyPixelsError(RasterError):
    """The raster declares more pixels than the limit in the settings."""


class AoiError(GroundshiftError):
    """An area of interest cannot be used."""


class UnreadableAoiError(AoiError):
    """The file is not a vector file we read, or it is unsafe to read."""


class EmptyAoiError(AoiError):
    """The area of interest holds no polygon with an area."""


class OutsideSceneError(AoiError):
    """The area of interest misses the overlap of the pair."""


class PairRefusedError(GroundshiftError):
    """Preflight refused the pair; the findings say why."""

    exit_status = 3


class ModelError(GroundshiftError):
    """A detector, segmenter or counter cannot run."""


class UnknownDetectorError(ModelError):
    """No detector, segmenter or counter has this name."""


class WeightsMissingError(ModelError):
    """The weights are not on this machine."""


class WeightsCorruptError(ModelError):
    """Weights on this machine are not the ones that were published."""


class OutOfDeviceMemoryError(ModelError):
    """The graphics card has too little memory for one tile."""


class UnsuitableSceneError(ModelError):
    """It cannot work on these bands or this sensor."""


class JobError(GroundshiftError):
    """A job did not finish."""

    exit_status = 1


class CancelledError(JobError):
    """The user cancelled the job; nothing was written."""


class AccessError(GroundshiftError):
    """Something the app keeps for its users cannot be had."""


class NotFoundError(AccessError):
    """It does not exist, or it belongs to somebody else; nobody learns which."""


class ForbiddenError(AccessError):
    """A token was altered or has expired, or an identity is not accepted."""


class ConflictError(AccessError):
    """A piece does not follow what has arrived, or somebody else is writing."""


class LimitError(AccessError):
    """A quota, a rate or a queue is full."""


class OutboundError(GroundshiftError):
    """A server on the network cannot be reached, or may not be asked."""


class ExportError(GroundshiftError):
    """A result could not be written."""
