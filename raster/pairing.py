"""Which band of pre is compared with which band of post.

By role, then by wavelength, then by order; what was guessed or left out is said. Knows nothing of
pixels.
"""

from errors import RasterError
from raster.align import PairBand
from raster.findings import Finding
from raster.scene import Band, Scene

# Centres of one band differ by less between sensors (Sentinel-2 and Landsat red: 665 and 655 nm);
# neighbouring bands of one sensor differ by more (red edge 705 and 740 nm).
SAME_WAVELENGTH_NM = 15.0
# Longer names are sentences of some other program; the role says more.
MAX_NAME = 24
VISIBLE = ("red", "green", "blue")

Match = tuple[Band, Band]


def common_bands(pre: Scene, post: Scene) -> tuple[tuple[PairBand, ...], tuple[Finding, ...]]:
    """The bands both scenes have, in the order of pre, and what the user must know about it.

    Bands of different known roles are never compared. One band without a colour against red,
    green and blue is compared with their mean.

    Raises:
        RasterError: no band of pre can be compared with one of post.
    """
    if pre.sensor != post.sensor:
        raise _nothing_common(f"pre is {_sensor(pre)} and post is {_sensor(post)}")
    by_tag = _by_role(pre.bands, post.bands)
    by_tag += _by_wavelength(*_unmatched(pre.bands, post.bands, by_tag))
    rest = _unmatched(pre.bands, post.bands, by_tag)
    by_order = _by_order(*rest, may_differ=not by_tag)
    matches = sorted(by_tag + by_order, key=lambda match: match[0].index)
    if matches:
        bands = tuple(_single(one, two) for one, two in matches)
        return bands, _remarks(pre, post, matches, guessed=len(by_order))
    panchromatic = _against_mean(pre, post)
    if panchromatic is None:
        raise _nothing_common(f"pre has {_names(pre.bands)} and post has {_names(post.bands)}")
    return (panchromatic,), (_mean_finding(pre, post),)


def _by_role(pre: tuple[Band, ...], post: tuple[Band, ...]) -> list[Match]:
    """Same role; several bands of one role are matched by the nearest wavelength, else in order."""
    matches: list[Match] = []
    free = [band for band in post if band.role]
    for band in pre:
        same = [other for other in free if band.role and other.role == band.role]
        if same:
            nearest = min(same, key=lambda other: _distance_nm(band, other))
            matches.append((band, nearest))
            free.remove(nearest)
    return matches


def _distance_nm(one: Band, two: Band) -> float:
    if one.wavelength_nm is None or two.wavelength_nm is None:
        return 0.0
    return abs(one.wavelength_nm - two.wavelength_nm)


def _by_wavelength(pre: list[Band], post: list[Band]) -> list[Match]:
    """Tagged centres within `SAME_WAVELENGTH_NM`, unless both have (then different) roles."""
    matches: list[Match] = []
    free = [band for band in post if band.wavelength_nm is not None]
    for band in pre:
        if band.wavelength_nm is None:
            continue
        near = [
            other
            for other in free
            if _distance_nm(band, other) <= SAME_WAVELENGTH_NM and not (band.role and other.role)
        ]
        if near:
            nearest = min(near, key=lambda other: _distance_nm(band, other))
            matches.append((band, nearest))
            free.remove(nearest)
    return matches


def _by_order(pre: list[Band], post: list[Band], *, may_differ: bool) -> list[Match]:
    """Left-over bands in order, never across two known roles.

    Args:
        pre: bands of pre without a match.
        post: bands of post without a match.
        may_differ: counts may differ (then the first ones are taken); only where nothing is
            tagged, since left-overs beside tagged matches are probably different bands.
    """
    if len(pre) != len(post) and (not may_differ or 1 in {len(pre), len(post)}):
        return []
    pairs = list(zip(pre, post, strict=False))
    return [] if any(one.role and two.role for one, two in pairs) else pairs


def _against_mean(pre: Scene, post: Scene) -> PairBand | None:
    """One band without a colour against the mean of red, green and blue, whichever side it is."""
    for lone, colours in ((pre, post), (post, pre)):
        visible = _visible(colours.bands)
        if len(lone.bands) == 1 and lone.bands[0].role in {None, "pan"} and visible:
            single = (lone.bands[0].index,)
            indexes = (single, visible) if lone is pre else (visible, single)
            return PairBand("brightness", "pan", *indexes)
    return None


def _visible(bands: tuple[Band, ...]) -> tuple[int, ...]:
    """Indexes of red, green and blue, or of the first three bands if none has a role."""
    tagged = tuple(band.index for band in bands if band.role in VISIBLE)
    if len(tagged) == len(VISIBLE):
        return tagged
    is_untagged = len(bands) >= len(VISIBLE) and not any(band.role for band in bands)
    return tuple(band.index for band in bands[: len(VISIBLE)]) if is_untagged else ()


def _unmatched(
    pre: tuple[Band, ...], post: tuple[Band, ...], matches: list[Match]
) -> tuple[list[Band], list[Band]]:
    taken_pre = {one.index for one, _two in matches}
    taken_post = {two.index for _one, two in matches}
    return (
        [band for band in pre if band.index not in taken_pre],
        [band for band in post if band.index not in taken_post],
    )


def _single(one: Band, two: Band) -> PairBand:
    role = one.role or two.role
    name = one.name if one.role or not two.role else two.name
    if role and len(name) > MAX_NAME:
        name = role
    return PairBand(name, role, (one.index,), (two.index,))


def _remarks(pre: Scene, post: Scene, matches: list[Match], *, guessed: int) -> tuple[Finding, ...]:
    """Say which bands were left out, and which were matched by their order alone."""
    found = []
    left_out = [
        f"{_names(bands)} of {date}"
        for date, bands in zip(
            ("pre", "post"), _unmatched(pre.bands, post.bands, matches), strict=True
        )
        if bands
    ]
    if left_out:
        compared = "1 band is" if len(matches) == 1 else f"{len(matches)} bands are"
        message = f"Only {compared} compared; without a counterpart: {' and '.join(left_out)}."
        found.append(
            Finding("band_mismatch", "caution", message, _ADD_BANDS, float(len(matches)), "1")
        )
    if guessed:
        message = (
            f"{guessed} of {len(matches)} bands carry no name or wavelength at one date or both "
            "and were matched by their order in the files."
        )
        found.append(Finding("bands_by_order", "info", message, _TAG_BANDS, float(guessed), "1"))
    return tuple(found)


_ADD_BANDS = "If both dates have these bands, name them alike in the files."
_TAG_BANDS = "Check that both files hold the same bands in the same order."


def _mean_finding(pre: Scene, post: Scene) -> Finding:
    lone, colours = ("pre", "post") if len(pre.bands) == 1 else ("post", "pre")
    message = (
        f"{lone} has one band and {colours} has {max(len(pre.bands), len(post.bands))}; "
        "its only band is compared with the mean of red, green and blue."
    )
    remedy = "Colour changes cannot be seen in this pair; read only brightness and shape changes."
    return Finding("band_mismatch", "caution", message, remedy, 1.0, "1")


def _nothing_common(reason: str) -> RasterError:
    return RasterError(
        f"No band of pre can be compared with a band of post: {reason}.",
        hint="Choose two scenes of one kind of sensor that share at least one band.",
    )


def _sensor(scene: Scene) -> str:
    return "radar" if scene.sensor == "sar" else "optical"


def _names(bands: tuple[Band, ...] | list[Band]) -> str:
    """At most six band names."""
    shown = ", ".join(band.name for band in bands[:6])
    return f"{shown} and {len(bands) - 6} more" if len(bands) > 6 else shown
