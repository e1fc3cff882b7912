"""Exit status 0 when the app says it is well, 1 when it does not or does not answer."""

import os
import sys
from urllib.error import URLError
from urllib.request import urlopen

PORT = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
BASE = os.environ.get("GROUNDSHIFT_BASE_PATH", "").strip("/")


def main() -> int:
    """Ask once; the container's engine asks again."""
    address = "/".join(filter(None, (f"http://127.0.0.1:{PORT}", BASE, "healthz")))
    try:
        with urlopen(address, timeout=8):  # noqa: S310 - our own address
            return 0
    except (URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
