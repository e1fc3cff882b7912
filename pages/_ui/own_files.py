"""Files of the visitor on their way to a pair: two uploaders, an area of interest, one button.

Knows nothing of what a raster holds: a scene is checked by the job that prepares it.
"""

from collections.abc import Sequence

import streamlit as st

from errors import GroundshiftError
from pages._ui import pair
from pages._ui.project import choose, supersede
from pages._ui.uploader_view import FinishedUpload, show_uploader
from pages._ui.words import plain, show_error, show_findings
from services.read_areas import Areas, read_upload
from workspace import projects, scenes, uploads
from workspace.records import Project, Scene

VECTORS = ["geojson", "json", "gpkg", "zip", "kml"]
MAX_AOI_MB = 5
# A new key empties the widget, which otherwise keeps the file it was given.
_TAKEN = "areas_taken"

Files = Sequence[FinishedUpload]


def show_own_files(owner: str, current: Project | None) -> None:
    """Uploaders for both dates and an area, and the button that makes a pair of them."""
    st.caption(
        "GeoTIFF or JPEG 2000: one file per date, or several tiles of one date and sensor. An"
        " upload goes on where it stopped when the connection or the page was lost. Your files"
        " stay on this server until you delete them; nobody else sees them."
    )
    first, second = st.columns(2)
    with first:
        pre = show_uploader(key="upload_pre", label="Pre: the earlier date", role="pre")
    with second:
        post = show_uploader(key="upload_post", label="Post: the later date", role="post")
    areas, is_usable = _ask_areas()
    words, button = st.columns([3, 1], vertical_alignment="center")
    other = _waiting_partner(owner, current, pre, post)
    words.caption(_next_words(pre, post, other))
    if button.button(
        "Prepare this pair" if other or (pre and post) else "Prepare these files",
        type="primary",
        width="stretch",
        disabled=not (pre or post) or not is_usable,
    ):
        _prepare(owner, current, (pre, post, other), areas)


def _waiting_partner(owner: str, current: Project | None, pre: Files, post: Files) -> Scene | None:
    """The good scene of the current pair, where files came for the other one, which is not."""
    if current is None or bool(pre) == bool(post):
        return None
    found = pair.of(owner, current)
    wanted, other = (found.pre, found.post) if pre else (found.post, found.pre)
    is_wanted = wanted is None or wanted.status == "failed"
    return other if is_wanted and other is not None and other.status != "failed" else None


def _next_words(pre: Files, post: Files, other: Scene | None) -> str:
    if other is not None:
        return f"The other date of the pair is {plain(other.title)}, which is here already."
    if pre and post:
        return "When all tiles of both dates are here, prepare them: they are checked once."
    if pre or post:
        missing = "later" if pre else "earlier"
        return (
            f"There is no file for the {missing} date yet. Add one, or prepare this date alone and"
            " pair it with another of your scenes."
        )
    return "Choose at least one file per date."


def _ask_areas() -> tuple[Areas | None, bool]:
    """The areas of a file, if there is one, and whether things may go on with that."""
    file = st.file_uploader(
        "Area of interest (optional): GeoJSON, GeoPackage, zipped Shapefile or KML",
        VECTORS,
        key=f"areas_{st.session_state.get(_TAKEN, 0)}",
        max_upload_size=MAX_AOI_MB,
        help="You can also draw areas on the map later. Without one, everything both dates show"
        " is compared.",
    )
    if file is None:
        return None, True
    try:
        found = read_upload(file.name, file.getvalue())
    except GroundshiftError as error:
        show_error(error)
        return None, False
    show_findings(found.findings)
    names = ", ".join(plain(one["properties"]["name"]) for one in found.collection["features"])
    st.caption(f":material/check: {names}")
    return found, True


def _prepare(
    owner: str,
    current: Project | None,
    given: tuple[Files, Files, Scene | None],
    areas: Areas | None,
) -> None:
    """Make scenes of the files, and a project when both dates are there; refusals lose nothing."""
    pre_files, post_files, other = given
    try:
        pre = _scene(owner, pre_files) if pre_files else other
        post = _scene(owner, post_files) if post_files else other
        if pre and post:
            _begin(owner, (pre, post), areas, former=current if other else None)
    except GroundshiftError as error:
        show_error(error)
        return
    st.session_state[_TAKEN] = st.session_state.get(_TAKEN, 0) + bool(areas)
    st.rerun()


def _begin(
    owner: str, dates: tuple[Scene, Scene], areas: Areas | None, *, former: Project | None
) -> None:
    """Go on with a new project; it inherits the areas of the one it completes."""
    pre, post = dates
    inherited = former.areas if former else None
    fresh = projects.create(
        owner,
        f"{pre.title} and {post.title}",
        pre.id,
        post.id,
        areas=areas.collection if areas else inherited,
    )
    if former:
        supersede(former, fresh)
    else:
        choose(fresh)


def _scene(owner: str, files: Files) -> Scene:
    paths = [uploads.finish(owner, file.id) for file in files]
    return scenes.add(owner, _title(files), paths, names=[file.name for file in files])


def _title(files: Files) -> str:
    more = f" (+ {len(files) - 1})" if len(files) > 1 else ""
    return f"{files[0].name}{more}"
