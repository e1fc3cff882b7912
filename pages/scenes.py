"""Choose a bundled pair, bring your own files, or pair what is here already."""

import streamlit as st

from pages._ui.basemap_choice import show_basemap_pair
from pages._ui.own_files import show_own_files
from pages._ui.pair_panel import show_pair
from pages._ui.project import heading
from pages._ui.sample_cards import show_samples
from pages._ui.user import current_owner
from pages._ui.your_scenes import show_your_scenes

SAMPLES, OWN, MAPS, MINE = "Bundled samples", "Your own files", "Background maps", "Your scenes"

owner = current_owner()
chosen = heading("Scenes", owner)
if chosen is None:
    st.markdown("Choose two dates of one place. Nothing you bring leaves this server.")
else:
    show_pair(owner, chosen)
samples, own, maps, mine = st.tabs([SAMPLES, OWN, MAPS, MINE], key="scenes_from", on_change="rerun")
with samples:
    show_samples(owner, chosen)
# Always there: an upload goes on while another tab is looked at.
with own:
    show_own_files(owner, chosen)
# Only when looked at: these maps ask servers on the internet for their pictures.
if maps.open:
    with maps:
        show_basemap_pair(owner)
if mine.open:
    with mine:
        show_your_scenes(owner)
