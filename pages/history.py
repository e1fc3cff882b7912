"""The runs of a project and the visitor's projects: look again, run again, keep or delete."""

from pages._ui.needs import show_empty
from pages._ui.project import heading
from pages._ui.project_list import show_projects
from pages._ui.run_list import show_other_jobs, show_runs
from pages._ui.user import current_owner

owner = current_owner()
chosen = heading("History", owner)
if chosen is None:
    show_empty(
        "There is no project yet: choose two scenes first.",
        "scenes.py",
        "Go to Scenes",
        ":material/photo_library:",
    )
else:
    show_runs(owner, chosen)
    show_projects(owner, chosen)
show_other_jobs(owner)
