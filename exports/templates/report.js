"use strict";
(() => {
  const tool = document.getElementById("swipe-tool");
  const frame = document.getElementById("frame");
  const split = document.getElementById("split");
  const opacity = document.getElementById("opacity");
  const mask = document.getElementById("show-mask");
  const pins = document.getElementById("show-pins");

  for (const name of ["pre", "post", "mask"]) {
    const picture = document.getElementById(`picture-${name}`).cloneNode();
    picture.removeAttribute("id");
    picture.draggable = false;
    document.getElementById(`swipe-${name}`).append(picture);
  }
  const draw = () => {
    frame.style.setProperty("--split", `${split.value}%`);
    frame.style.setProperty("--strength", mask.checked ? opacity.value / 100 : 0);
    split.setAttribute("aria-valuetext", `${split.value} % pre, ${100 - split.value} % post`);
    opacity.setAttribute("aria-valuetext", `${opacity.value} %`);
    opacity.disabled = !mask.checked;
    document.getElementById("pins").hidden = !(pins && pins.checked);
  };
  const drag = (event) => {
    const box = frame.getBoundingClientRect();
    split.value = Math.round((100 * (event.clientX - box.left)) / box.width);
    draw();
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest("a")) return;
    frame.setPointerCapture(event.pointerId);
    drag(event);
  });
  frame.addEventListener("pointermove", (event) => {
    if (frame.hasPointerCapture(event.pointerId)) drag(event);
  });
  for (const control of [split, opacity, mask, pins]) {
    if (control) control.addEventListener("input", draw);
  }
  tool.hidden = false;
  draw();
})();
