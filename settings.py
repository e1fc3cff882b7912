"""Limits and places an operator may set by environment variables named `GROUNDSHIFT_*`.

Knows nothing of what the limits protect; read once per process through `load`.
"""

from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import InputError

PREFIX = "GROUNDSHIFT_"


class Settings(BaseSettings):
    """Operator settings, each with the unit in its name.

    Attributes:
        results_dir: where `compare` writes without `--out` and where the app keeps results.
        scenes_dir: where the app keeps scenes a user brought.
        max_pixels: most pixels (rows x columns x bands) a raster may declare.
        max_aoi_bytes: largest AOI file.
        max_aoi_vertices: most vertices of an AOI.
        threads: threads that read and score tiles.
        gdal_cache_mb: GDAL's block cache.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    results_dir: Path = Path("results")
    scenes_dir: Path = Path("results/scenes")
    max_pixels: int = Field(default=20_000_000_000, gt=0)
    max_aoi_bytes: int = Field(default=20_000_000, gt=0)
    max_aoi_vertices: int = Field(default=200_000, gt=0)
    threads: int = Field(default=2, ge=1, le=64)
    gdal_cache_mb: int = Field(default=256, ge=16)


@cache
def load() -> Settings:
    """The settings of this process.

    Raises:
        InputError: an environment variable holds what its setting cannot be.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        msg = f"The setting {name} cannot be {str(first['input'])[:60]!r}: {first['msg']}."
        raise InputError(msg, hint="Correct or unset this environment variable.") from error
