"""Limits and places an operator may set by environment variables named `GROUNDSHIFT_*`.

Knows nothing of what the limits protect; read once per process through `load`.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from errors import InputError

PREFIX = "GROUNDSHIFT_"


class Settings(BaseSettings):
    """Operator settings, each with the unit in its name.

    Attributes:
        results_dir: where `compare` on the command line writes without `--out`.
        data_dir: where the app keeps scenes, results and its database.
        max_pixels: most pixels (rows x columns x bands) a raster may declare.
        max_aoi_bytes: largest AOI file.
        max_aoi_vertices: most vertices of an AOI.
        threads: threads that read and score tiles.
        gdal_cache_mb: GDAL's block cache of one process.
        identity: who a visitor is: one local user, a login (OpenID Connect), or a name that a
            trusted proxy puts into a header.
        identity_header: header that carries the name in the last case.
        trusted_proxies: addresses such a header is believed from.
        secret: key that signs tile addresses; empty makes one and keeps it in `data_dir`.
        base_path: path before every address when a proxy serves the app below a folder.
        hosts: names the app answers to; others are refused. Empty allows this machine's only.
        max_upload_bytes: largest single file.
        chunk_bytes: size of the pieces a browser sends.
        quota_bytes: what one user may keep.
        scene_days: days until a scene nobody opened is deleted; 0 keeps it.
        max_jobs_per_user: jobs of one user that wait or run.
        max_jobs: jobs of everybody that wait or run.
        compute_workers: processes that run detectors on the CPU.
        requests_per_minute: uploads, downloads and other requests of one user, tiles apart.
        tile_threads: threads that draw map tiles.
        tile_hours: hours a tile address stays valid.
        allow_basemaps: whether the browser may load background maps from the internet.
        basemaps: further background maps as JSON: a list of `{title, url, attribution, max_zoom}`.
        planet_key: key for Planet's monthly mosaics.
        allow_private_hosts: whether the server may fetch from addresses of its own network.
        max_basemap_tiles: most tiles fetched for one pair of background maps.
        allow_downloads: whether the server may fetch learned weights when asked to.
        weights_dir: folder of weights that are not shipped; empty: `weights` in `data_dir`.
        weights_mirror: address to fetch weights from instead of where they were published; each
            file by its name below it.
        allow_finetuning: whether users may train detectors on their own labels.
        finetune_minutes: longest training a user may ask for.
        embeddings_bytes: what may be kept of windows that a segmenter has looked at; 0 keeps
            them in memory only.
        model_provider: what the language model's server speaks; empty: questions are answered
            without a model, and nothing is sent anywhere.
        model_url: address of that server; empty: the provider's own.
        model_name: name of the model there.
        model_key: key for that server.
        model_images: whether cut-outs of the imagery may be sent to it.
        model_timeout_s: longest a model may take for one answer.
        model_max_tokens: most a model may write at a time.
        work_seconds_without_asking: work estimated to take longer waits for a yes.
        log_format: one line of text, or of JSON, per event.
        metrics_token: word that `/metrics` asks for; empty allows this machine only.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    results_dir: Path = Path("results")
    data_dir: Path = Path("data")
    max_pixels: int = Field(default=20_000_000_000, gt=0)
    max_aoi_bytes: int = Field(default=20_000_000, gt=0)
    max_aoi_vertices: int = Field(default=200_000, gt=0)
    threads: int = Field(default=2, ge=1, le=64)
    gdal_cache_mb: int = Field(default=256, ge=16)

    identity: Literal["local", "login", "header"] = "local"
    identity_header: str = "X-Forwarded-User"
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    secret: SecretStr = SecretStr("")
    base_path: str = ""
    hosts: tuple[str, ...] = ()

    max_upload_bytes: int = Field(default=20_000_000_000, gt=0)
    chunk_bytes: int = Field(default=16 << 20, ge=1 << 16, le=1 << 28)
    quota_bytes: int = Field(default=100_000_000_000, gt=0)
    scene_days: int = Field(default=30, ge=0)
    max_jobs_per_user: int = Field(default=8, ge=1)
    max_jobs: int = Field(default=200, ge=1)
    compute_workers: int = Field(default=1, ge=1, le=64)
    requests_per_minute: int = Field(default=600, ge=1)
    tile_threads: int = Field(default=4, ge=1, le=64)
    tile_hours: int = Field(default=12, ge=1)

    allow_basemaps: bool = True
    basemaps: tuple[dict[str, Any], ...] = ()
    planet_key: SecretStr = SecretStr("")
    allow_private_hosts: bool = False
    max_basemap_tiles: int = Field(default=2500, ge=1)

    allow_downloads: bool = True
    weights_dir: Path = Path()
    weights_mirror: str = ""
    allow_finetuning: bool = True
    finetune_minutes: int = Field(default=120, ge=1)
    embeddings_bytes: int = Field(default=2_000_000_000, ge=0)

    model_provider: Literal["", "openai", "anthropic"] = ""
    model_url: str = ""
    model_name: str = ""
    model_key: SecretStr = SecretStr("")
    model_images: bool = False
    model_timeout_s: float = Field(default=60.0, gt=0, le=600)
    model_max_tokens: int = Field(default=1500, ge=64, le=100_000)
    work_seconds_without_asking: float = Field(default=30.0, ge=0)

    log_format: Literal["text", "json"] = "text"
    metrics_token: SecretStr = SecretStr("")


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
