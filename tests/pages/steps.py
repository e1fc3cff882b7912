"""What a user does on the pages, as short steps for the tests; the workers' part is done here."""

import json
import shutil
from pathlib import Path
from tempfile import mkdtemp

from streamlit.proto.WidgetStates_pb2 import WidgetState

from errors import GroundshiftError
from progress import Watcher
from services.read_areas import read_areas
from workspace import jobs, projects, scenes, uploads
from workspace.kinds import registry

MAIN = Path(__file__).resolve().parents[2] / "pages" / "_main.py"
OWNER = "local"


def run_jobs(app=None):
    """Do what the workers would do with everything that waits; then look at the page again."""
    for lane in ("prepare", "compute", "prompt"):
        while job := jobs.claim(lane, "test"):
            run_job(job)
    return app.run() if app else None


def run_job(job):
    try:
        result = registry.find(job.kind).run(job, Watcher())
    except GroundshiftError as error:
        jobs.fail(job.id, error.message, error.hint)
    else:
        jobs.finish(job.id, result)


def add_scene(*files, owner=OWNER, title=None):
    """A prepared scene made of copies of files."""
    folder = Path(mkdtemp(dir=files[0].parent))
    copies = [Path(shutil.copy(file, folder)) for file in files]
    scene = scenes.add(owner, title or files[0].name, copies)
    run_jobs()
    return scenes.get(owner, scene.id)


def add_project(pre, post, aoi=None, *, owner=OWNER, title="Test pair"):
    """A project of two files, prepared."""
    areas = read_areas(aoi).collection if aoi else None
    first, second = add_scene(pre, owner=owner), add_scene(post, owner=owner)
    return projects.create(owner, title, first.id, second.id, areas=areas)


def send(path, role, *, owner=OWNER, name=None):
    """Upload a whole file, as the browser part does."""
    data = path.read_bytes()
    upload = uploads.begin(owner, name or path.name, len(data), role=role)
    return uploads.append(owner, upload.id, 0, data)


def go(app, page, **address):
    """Open a page with this address, e.g. `project=...`."""
    app.query_params.clear()
    app.query_params.update(address)
    return app.switch_page(page).run()


def use(app, pre, post, aoi=None):
    """Make a project of two files and open the page Compare with it."""
    return go(app, "compare.py", project=add_project(pre, post, aoi).id)


def compared(app, pre, post, aoi=None):
    """Run a comparison to its end."""
    button(use(app, pre, post, aoi), "Find changes").click().run()
    return run_jobs(app)


def button(app, label):
    (found,) = [one for one in app.button if one.label == label]
    return found


def has_button(app, label):
    return label in [one.label for one in app.button]


def metrics(app):
    return {one.label: one.value for one in app.metric}


def errors(app):
    return " ".join(one.value for one in app.error).replace("\\", "")


def warnings(app):
    return " ".join(one.value for one in app.warning).replace("\\", "")


def words(app):
    kinds = (app.markdown, app.caption, app.info, app.header, app.subheader, app.title)
    return " ".join(one.value for kind in kinds for one in kind).replace("\\", "")


def is_clean(app):
    """No error, and no choice with two options in the same words: a browser cannot tell them."""
    choices = [*app.selectbox, *app.multiselect, *app.radio]
    return (
        not app.exception
        and not app.error
        and all(len(one.options) == len(set(one.options)) for one in choices)
    )


def watchers(app):
    """What each watcher of a page is told: where it asks, and what is known already."""
    components = [(one, json.loads(one.proto.json)) for one in app.get("bidi_component")]
    return [one | {"id": part.proto.id} for part, one in components
            if str(one.get("address", "")).split("/")[-3:-2] == ["progress"]]  # fmt: skip


def end_of_watch(app):
    """What the browser says when the first watched work has ended: the page runs again."""
    (first, *_others) = watchers(app)
    states = app._tree.get_widget_states()
    said = json.dumps([{"event": "ended", "value": 1}])
    states.widgets.append(
        WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{first['id']}__events", json_trigger_value=said)
    )
    return app._run(states)
