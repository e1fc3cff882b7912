"""What a user does on Compare and Report beyond the steps of every page."""

import html
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import settings
from tests.pages.steps import MAIN, OWNER, add_project, go, run_jobs
from tests.scenes import ground, with_houses, write_pair
from workspace import jobs, places, projects, tokens
from workspace.records import Job, Project

HOUSES = [(30, 40, 14, 20), (90, 120, 18, 12)]


@dataclass(frozen=True)
class Template:
    """A compared pair, made once for many tests; each works on a copy of its data folder."""

    project: Project
    job: Job
    plain: Path
    done: Path


def make_template(folder):
    """A pair with two new houses: its data folder before and after it was compared."""
    image = ground((160, 180))
    files = write_pair(folder / "files", image, with_houses(image, HOUSES))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDSHIFT_DATA_DIR", str(folder / "done"))
        settings.load.cache_clear()
        project = add_project(*files)
        shutil.copytree(folder / "done", folder / "plain")
        job = finished(project)
    settings.load.cache_clear()
    return Template(project, job, folder / "plain", folder / "done")


def lay_out(kept, data_dir):
    """Begin with a copy of this data folder; a database goes with its log or not at all."""
    shutil.rmtree(data_dir, ignore_errors=True)
    shutil.copytree(kept, data_dir)


def opened(page, project, **address):
    """A new session on a page of this project."""
    return go(AppTest.from_file(str(MAIN), default_timeout=60), page, project=project.id, **address)


def finished(project, **params):
    """A comparison of a project that was run to its end."""
    asked = {"pre": project.pre, "post": project.post, "aoi": None, "area_name": "",
             "detector": "auto", "threshold": None, "min_area_m2": None} | params  # fmt: skip
    job = jobs.submit(OWNER, "compare", asked, project=project.id)
    run_jobs()
    return jobs.get(OWNER, job.id)


def newest(project):
    """The comparison of a project that was submitted last."""
    return jobs.listed(OWNER, project=project.id)[0]


def folder_of(job):
    return places.folder("results", job.id)


def draw(app, project, *areas):
    """What the map tells after a user drew areas, each given as (id, name, ring)."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": found, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for found, name, ring in areas
    ]
    tell_map(app, f"map_{project.id}", areas={"type": "FeatureCollection", "features": features})
    return app.run()


def tell_map(app, key, **changes):
    """What the browser part of a map sends: the whole state with these changes."""
    memory = app.session_state[f"{key}:memory"]
    value = {"version": memory.state.version, "areas": memory.state.areas} | changes
    app.session_state[key] = {"value": value}


def areas_of(project):
    """Names of the kept areas by id."""
    features = projects.get(OWNER, project.id).areas["features"]
    return {one["properties"]["id"]: one["properties"]["name"] for one in features}


def figures(app):
    """The table of key figures: label -> values."""
    return next(filter(None, (table_of(one) for one in app.get("html"))))


def table_of(element):
    """The cells of an HTML table: first column -> the others."""
    rows = re.findall(r"<tr>(.*?)</tr>", element.proto.body)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]
    return {html.unescape(row[0]): [html.unescape(one) for one in row[1:]] for row in cells}


def texts(app):
    """Everything a page says."""
    kinds = (app.markdown, app.caption, app.info, app.warning, app.error, app.success)
    return " ".join(one.value for kind in kinds for one in kind).replace("\\", "")


def choice(app, label):
    (found,) = [one for one in app.selectbox if one.label == label]
    return found


def component(app, key):
    """What a browser part with this key was given."""
    return json.loads(_component(app, key).proto.json)


def the_map(app, project):
    """What the map of a project was given."""
    return component(app, f"map_{project.id}")


def layer(app, project, name):
    (found,) = [
        one
        for side in ("left", "right", "both")
        for one in the_map(app, project)[side]
        if one["id"] == name
    ]
    return found


def grant(url):
    """What the token in an address allows."""
    return tokens.read(url.split("/tiles/")[1].split("/")[0])


def pick_row(app, column, row):
    """Pick a row of the table with this column, or none, as a browser sends it."""
    (table,) = [one for one in app.dataframe if column in one.value]
    rows = [] if row is None else [row]
    value = {"selection": {"rows": rows, "columns": [], "cells": []}}
    return _send(app, table.proto.id, string_value=json.dumps(value))


def choose_number(app, job, fact_id):
    """Click a number of the caption, as a browser sends it; None for a second click on it."""
    return choose_in(app, f"caption_{job.id}", fact_id)


def choose_in(app, key, fact_id):
    """Click a number of a caption or of a row of figures."""
    part = _component(app, key)
    return _send(app, part.proto.id, json_value=json.dumps({"chosen": {"fact": fact_id}}))


def _send(app, widget_id, **value):
    # The test tool has no step for these widgets; what it keeps of the others goes along.
    states = app._tree.get_widget_states()
    states.widgets.add(id=widget_id, **value)
    return app._run(states)


def _component(app, key):
    return [one for one in app.get("bidi_component") if one.proto.id.endswith(key)][-1]
