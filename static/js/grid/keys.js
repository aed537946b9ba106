// The keys that are one letter, which can be switched off for those who speak to their computer or press by mistake,
// and the window that lists every key.
import * as dialog from "./dialog.js";
import { goTo, here, position } from "./focus.js";
import { cellAt, editable, height, is, linkOf, table, width } from "./table.js";
import { tell } from "./voice.js";

const KEPT = "relais:letters";

const letters = () => localStorage.getItem(KEPT) !== "off";

// The next hole in time: down the week, then the weeks after it, then from the start again.
export function nextHole() {
  const [row, column] = position();
  const mine = Boolean(table.querySelector("td[data-v]"));
  const all = Array.from({ length: height * width }, (_, i) => cellAt(i % height, Math.floor(i / height)));
  const from = column * height + row + 1;
  const turned = [...all.slice(from), ...all.slice(0, from)];
  const found = turned.findIndex((cell) => is(cell, "open") && (!mine || editable(cell)));
  if (found < 0) return tell("Aucune place à pourvoir sur ces semaines.");
  goTo(turned[found]);
  if (found >= all.length - from) tell("Retour au premier trou de ces semaines.");
}

export function openPage() {
  if (linkOf(here())) location.assign(linkOf(here()));
}

export function show() {
  dialog.showTemplate("keymap");
  const box = document.getElementById("letters");
  box.checked = letters();
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
}

const SHORT = { n: nextHole, h: () => dialog.history(here()), "?": show };

export function key({ key: name, ctrlKey, metaKey, altKey }) {
  if (altKey && name === "Enter") {
    openPage();
    return true;
  }
  if (ctrlKey || metaKey || altKey || !letters() || !(name in SHORT)) return false;
  SHORT[name]();
  return true;
}
