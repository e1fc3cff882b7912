"""`make bench`: speed, networks, the app, accuracy: the tables that RESULTS.md keeps."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the benchmarks as processes of their own, so that none warms another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="labelled real sets, one folder each")
    arguments = parser.parse_args()
    data = ["--data", str(arguments.data)] if arguments.data else []
    app = [["benchmarks.upload"], ["benchmarks.tiles"]]
    networks = ["benchmarks.networks"]
    for command in (["benchmarks.speed"], networks, *app, ["benchmarks.accuracy", *data]):
        print(f"\n## {command[0]}\n", flush=True)
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
