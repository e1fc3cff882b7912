"""When a scene was taken, by its tags or its name.

Knows nothing of pixels; a date that is not written down is not invented.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

EARLIEST = date(1900, 1, 1)
EXCEL_EPOCH = date(1899, 12, 30)

TAGS = (
    "ACQUISITION_DATE", "ACQUISITIONDATE", "ACQUISITIONDATETIME", "DATE_ACQUIRED", "SENSING_TIME",
    "DATATAKE_SENSING_START", "PRODUCT_START_TIME", "DATATAKE_1_DATATAKE_SENSING_START",
    "ACQUISITION_TIME", "TIFFTAG_DATETIME", "DATETIME",
)  # fmt: skip

# Separated or compact calendar dates. The separators of one date are alike.
DASHED = re.compile(r"(?<!\d)(\d{4})([-_:./])(\d{1,2})\2(\d{1,2})(?!\d)")
COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
# Landsat scene ids: USGS, "Landsat Collections Level-1 Data Format": LXSPPPRRRYYYYDDD, and the
# older L7fppprrr_rrrYYYYMMDD.
LANDSAT_DAY = re.compile(r"(?<![a-z])l[a-z]\d{7}(\d{4})(\d{3})(?!\d)", re.IGNORECASE)
LANDSAT_OLD = re.compile(r"(?<![a-z])l[57]\d{7}_\d{3}(\d{4})(\d{2})(\d{2})(?!\d)", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d|px|x\d)", re.IGNORECASE)


def from_tags(tags: Mapping[str, str]) -> tuple[date, str] | None:
    """Acquisition date and `tag NAME`, from the first tag that holds one."""
    upper = {key.upper(): (key, value) for key, value in tags.items()}
    for name in TAGS:
        if name in upper:
            key, value = upper[name]
            found = _first(value) or _excel_day(value)
            if found:
                return found, f"tag {key}"
    return None


def from_names(names: Iterable[str]) -> tuple[date, str] | None:
    """Date and `file name`, from the first name that holds a full date."""
    for name in names:
        found = _first(name)
        if found:
            return found, "file name"
    return None


def from_descriptions(descriptions: Iterable[str]) -> tuple[date, str] | None:
    """Date and `band names`, from scene ids that some tools write into band names."""
    found = from_names(descriptions)
    return (found[0], "band names") if found else None


def year_in(name: str) -> int | None:
    """The year in a name that holds exactly one; a year is no date."""
    years = {int(year) for year in YEAR.findall(name)}
    return years.pop() if len(years) == 1 else None


def _first(text: str) -> date | None:
    for year, month, day in _candidates(text):
        found = _calendar(year, month, day)
        if found:
            return found
    return None


def _candidates(text: str) -> Iterator[tuple[str, str, str]]:
    """Year, month and day as text; a day of the year comes with month `1`."""
    for match in LANDSAT_DAY.finditer(text):
        yield match[1], "1", match[2]
    for match in LANDSAT_OLD.finditer(text):
        yield match[1], match[2], match[3]
    for match in DASHED.finditer(text):
        yield match[1], match[3], match[4]
    for match in COMPACT.finditer(text):
        yield match[1], match[2], match[3]


def _calendar(year: str, month: str, day: str) -> date | None:
    try:
        if len(day) == 3:
            found = datetime.strptime(f"{year} {day} +0000", "%Y %j %z").date()
        else:
            found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _is_plausible(found) else None


def _excel_day(value: str) -> date | None:
    """ArcGIS mosaic attributes carry dates as days of the 1900 date system."""
    if not re.fullmatch(r"\s*\d{5}(\.\d+)?\s*", value):
        return None
    found = EXCEL_EPOCH + timedelta(days=int(float(value)))
    return found if _is_plausible(found) else None


def _is_plausible(found: date) -> bool:
    return EARLIEST <= found <= datetime.now(UTC).date() + timedelta(days=1)
