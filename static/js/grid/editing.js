// Ties the keys and the buttons of those who may edit to what they do.
import * as clipboard from "./clipboard.js";
import * as dialog from "./dialog.js";
import * as editor from "./editor.js";
import { goTo, here } from "./focus.js";
import * as keys from "./keys.js";
import { firstFailure, retry, wire } from "./saving.js";
import * as selection from "./selection.js";
import { byId } from "./table.js";
import * as toast from "./toast.js";
import * as undo from "./undo.js";

export const clear = selection.clear;
export const open = (cell) => editor.open(cell);
export const pressed = (cell) => retry(cell.id);

const typing = ({ key: name, ctrlKey, metaKey, altKey }) =>
  [...name].length === 1 && name !== " " && !ctrlKey && !metaKey && !altKey;

// What a key does in a cell; false when it does nothing there.
export function key(event) {
  if (undo.key(event) || selection.key(event) || keys.key(event)) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if ((event.key === "Enter" && !event.shiftKey) || event.key === "F2") editor.open(here());
  else if (event.key === "Delete" || event.key === "Backspace") selection.many() ? selection.free() : editor.free(here());
  else if (typing(event)) editor.open(here(), event.key);
  else return false;
  return true;
}

function review() {
  const cell = byId(firstFailure());
  if (!cell) return;
  goTo(cell);
  editor.open(cell);
}

const BUTTONS = {
  undo: undo.undo, redo: undo.redo, hole: keys.nextHole, history: () => dialog.history(here()),
  page: keys.openPage, keys: keys.show, review,
};

export function start() {
  editor.start();
  dialog.start();
  toast.start();
  clipboard.start();
  wire(undo.offer, editor.show);
  document.addEventListener("htmx:afterSettle", selection.refresh);
  const tools = document.getElementById("tools");
  tools.hidden = false;
  tools.addEventListener("click", (event) => BUTTONS[event.target.closest("button")?.dataset.do]?.());
}
