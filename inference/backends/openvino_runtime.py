"""OpenVINO, kept from telling its makers that it is used.

It reports each import and conversion over the network where the package `openvino_telemetry` can be
imported; this product opens no connection that nobody asked for. Knows nothing of networks.
"""

import importlib
import sys
from typing import Any

# The documented meaning of None here is "cannot be imported" (docs.python.org, sys.modules).
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
openvino: Any = importlib.import_module("openvino")
