// The colours of the page are inherited as custom properties; only whether it is dark is worked out.

/** Marks `node` with `data-theme="dark"` or `"light"`, by the page's background. */
export function markTheme(node) {
  const colour = getComputedStyle(node).getPropertyValue("--st-background-color").trim();
  node.dataset.theme = isDark(colour) ? "dark" : "light";
}

function isDark(colour) {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  pen.fillStyle = colour || "#ffffff";
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}
