// The message at the foot of the screen: what was done, with its undo, or why a key did nothing.
import { here } from "./focus.js";

const STAY = 15000;
const toast = document.getElementById("toast");
let timer = 0;
let pressed = () => {};

export function hide() {
  clearTimeout(timer);
  if (toast.contains(document.activeElement)) here().focus();
  toast.hidden = true;
}

// It stays while it is read with the mouse or the keyboard.
function later() {
  clearTimeout(timer);
  timer = setTimeout(() => (toast.matches(":hover, :focus-within") ? later() : hide()), STAY);
}

// `undo` is what its button does; without it there is no such button.
export function put(text, undo = null) {
  pressed = undo ?? (() => {});
  toast.querySelector("p").textContent = text;
  toast.querySelector("[data-do=undo]").hidden = !undo;
  toast.hidden = false;
  later();
}

export function start() {
  toast.addEventListener("click", (event) => {
    const wanted = event.target.closest("button")?.dataset.do;
    if (!wanted) return;
    hide();
    if (wanted === "undo") pressed();
  });
}
