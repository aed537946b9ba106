// Takes back and does again one's own gestures, by keys, by buttons, and by the message that follows each gesture.
import { here } from "./focus.js";
import { pending, send } from "./saving.js";

const STAY = 15000;
const toast = document.getElementById("toast");
let timer = 0;
let gesture = null;

const base = () => toast.dataset.base;
export const undo = () => send({ path: `${base()}rotation/defaire/` });
export const redo = () => send({ path: `${base()}rotation/refaire/` });

// Only called when focus is in a cell: an editor or a dialog keeps its own Ctrl+Z.
export function key({ key: name, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return false;
  const letter = name.toLowerCase();
  if (letter === "z") (shiftKey ? redo : undo)();
  else if (letter === "y") redo();
  else return false;
  return true;
}

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

export function offer({ gesture: made, said }) {
  if (!said || pending()) return;
  gesture = made ?? null;
  toast.querySelector("p").textContent = said;
  toast.querySelector("[data-do=undo]").hidden = !gesture;
  toast.hidden = false;
  later();
}

export function start() {
  toast.addEventListener("click", (event) => {
    const wanted = event.target.closest("button")?.dataset.do;
    if (!wanted) return;
    hide();
    if (wanted === "undo") send({ path: `${base()}gestes/${gesture}/annuler/` });
  });
}
