"""`make bench`: speed, then accuracy, printed as the tables that RESULTS.md keeps."""

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run both benchmarks as processes of their own, so that neither warms the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="labelled real sets, one folder each")
    arguments = parser.parse_args()
    data = ["--data", str(arguments.data)] if arguments.data else []
    for command in (["benchmarks.speed"], ["benchmarks.accuracy", *data]):
        print(f"\n## {command[0]}\n", flush=True)
        subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
