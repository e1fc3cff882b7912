import leaflet from "leaflet/dist/leaflet.css";
import own from "./style.css";

// Leaflet's pictures are for controls and markers that are not used here. Geoman's style sheet is
// left out: it is mostly about a toolbar of its own; its handles are styled in ours.
export default `${leaflet.replace(/url\([^)]*\)/g, "none")}\n${own}`;
