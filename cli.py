"""The command-line door: which commands there are, and how they log.

What each does is in `commands/`, one file a command.
"""

import logging
import signal
import sys

try:
    import click
except ModuleNotFoundError:
    sys.stderr.write(
        "error: The packages of Groundshift are not installed for this Python.\n"
        "  try: Run `make setup` once, then `.venv/bin/python cli.py`.\n"
    )
    sys.exit(2)

import commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Log each step to stderr.")
def main(*, verbose: bool) -> None:
    """Change analysis of satellite and aerial imagery."""
    # A service manager's stop is answered like Ctrl-C: clean up, then leave.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    level = logging.DEBUG if verbose else logging.WARNING
    logging.basicConfig(level=level, stream=sys.stderr, format="%(levelname)s %(message)s")
    logging.getLogger("rasterio").setLevel(logging.ERROR)


for command in commands.discover():
    main.add_command(command)

if __name__ == "__main__":
    main()
