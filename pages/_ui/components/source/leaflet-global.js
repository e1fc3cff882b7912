// Geoman is written for a page on which Leaflet is the global `L`. The build replaces that free name
// by this import, so nothing is put on the page's window.
import L from "leaflet";

export { L };
