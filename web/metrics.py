"""Figures for Prometheus in a registry of our own: requests, tiles, uploads, jobs, disk.

Labels are closed sets of words; no id, token or user name becomes one.
"""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from workspace import vitals

REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "groundshift_requests_total",
    "Answers given, by part of the app and status class.",
    ("section", "status"),
    registry=REGISTRY,
)
TILE_SECONDS = Histogram(
    "groundshift_tile_seconds",
    "Time to answer a request for a map tile.",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
UPLOADED_BYTES = Counter(
    "groundshift_uploaded_bytes_total", "Bytes received as uploads.", registry=REGISTRY
)
OPEN_PAGES = Gauge(
    "groundshift_open_pages", "Pages connected to the server at this moment.", registry=REGISTRY
)


class Workspace(Collector):
    """Figures that lie in the data folder, read when they are asked for."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Jobs by status, and free disk space."""
        jobs = GaugeMetricFamily("groundshift_jobs", "Jobs kept, by status.", labels=["status"])
        for status, count in vitals.jobs_by_status().items():
            jobs.add_metric([status], count)
        yield jobs
        free = GaugeMetricFamily("groundshift_disk_free_bytes", "Free space of the data folder.")
        free.add_metric([], vitals.disk_free_bytes())
        yield free

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Nothing: registering must not open the database."""
        return ()


REGISTRY.register(Workspace())
