import leaflet from "leaflet/dist/leaflet.css";
import geoman from "@geoman-io/leaflet-geoman-free/dist/leaflet-geoman.css";
import own from "./style.css";

// Leaflet's pictures of layers and markers are for controls that are not used here.
export default `${leaflet.replace(/url\([^)]*\)/g, "none")}\n${geoman.replace(/url\([^)]*\)/g, "none")}\n${own}`;
