// Selects a rectangle of cells, and acts on all of it at once: one gesture, one undo.
import { go, here, position, step, target } from "./focus.js";
import { send, versionOf } from "./saving.js";
import { cellAt, editable, height, holder, is, slotOf, table, width } from "./table.js";
import { say, tell } from "./voice.js";

const MOST = 60;
let anchor = null;
let corner = null;
let whole = false;

function bounds() {
  const [a, b] = anchor ? [anchor, corner] : [position(), position()];
  return { top: Math.min(a[0], b[0]), bottom: Math.max(a[0], b[0]), left: Math.min(a[1], b[1]), right: Math.max(a[1], b[1]) };
}

// The selected cells, line by line.
export function lines() {
  const { top, bottom, left, right } = bounds();
  const found = [];
  for (let row = top; row <= bottom; row += 1) {
    found.push([]);
    for (let column = left; column <= right; column += 1) found.at(-1).push(cellAt(row, column));
  }
  return found;
}

export const cells = () => lines().flat();
export const many = () => anchor !== null && (anchor[0] !== corner[0] || anchor[1] !== corner[1]);
export const topLeft = () => [bounds().top, bounds().left];

function show() {
  for (const cell of table.querySelectorAll("[aria-selected]")) cell.removeAttribute("aria-selected");
  if (many()) for (const cell of cells()) cell.setAttribute("aria-selected", "true");
}

export function clear() {
  if (!anchor) return;
  anchor = corner = null;
  whole = false;
  show();
}

function select(from, to) {
  [anchor, corner] = [from, to];
  show();
  say(`${cells().length} cases choisies`);
}

// Answers put new cells in the table, which know nothing of the selection.
export const refresh = () => { if (anchor) show(); };

export function key(event) {
  const { key: name, shiftKey, ctrlKey, metaKey, altKey } = event;
  const far = ctrlKey || metaKey;
  const [row, column] = position();
  if (altKey) return false;
  if (name === " " && shiftKey) select([row, 0], [row, width - 1]);
  else if (name === " " && far) select([0, column], [height - 1, column]);
  else if (far && name.toLowerCase() === "a") all();
  else if (far && name === "Enter") fillFrom();
  else if (name === "Escape" && many()) clear();
  else if (shiftKey) return extend(event);
  else return false;
  return true;
}

function all() {
  select([0, 0], [height - 1, width - 1]);
  whole = true;
}

function extend(event) {
  const to = target(event, corner ?? position());
  if (!to) return false;
  const from = anchor ?? position();
  go(...to);
  select(from, to);
  return true;
}

// From the cell where the selection began, as in a spreadsheet.
function fillFrom() {
  if (!many()) return step(1, 0);
  const first = cellAt(...anchor);
  const cell = first.dataset.d ? first : here();
  const { d: doctor } = cell.dataset;
  if (!doctor) return tell("Pour remplir la sélection, partez d’une case où quelqu’un est inscrit, ou tapez un nom.");
  return fill(doctor, holder(cell), is(cell, "option"));
}

// Puts one doctor in each selected place that may be edited and does not hold them yet.
export function fill(doctor, name, option) {
  const wanted = cells().filter((cell) => editable(cell) && !is(cell, "shut") && cell.dataset.d !== doctor);
  apply(wanted.map((cell) => ({ cell, doctor, text: name })), { shown: { name, option }, option, text: name });
}

export function free() {
  if (whole) return tell("Rien n’est libéré\u00a0: choisissez d’abord moins de places.");
  const held = cells().filter((cell) => editable(cell) && is(cell, "sure", "option"));
  return apply(held.map((cell) => ({ cell, doctor: null, text: "" })), { shown: {}, text: "Libérer la place" });
}

// `changes` are {cell, doctor, text}: what each place becomes.
export function apply(changes, { shown, option = false, text }) {
  if (!changes.length) return tell("Aucune de ces cases ne peut changer.");
  if (changes.length > MOST) return tell(`Choisissez ${MOST} places au plus\u00a0: il y en a ${changes.length}.`);
  const asked = changes.map(({ cell, doctor, text: typed }) => ({
    slot: Number(slotOf(cell)), version: versionOf(cell), doctor: doctor ? Number(doctor) : null, text: typed || null,
  }));
  return send({
    path: table.dataset.fill,
    values: { state: option ? "option" : "confirmed" },
    asked,
    cells: changes.map(({ cell }) => cell.id),
    texts: Object.fromEntries(changes.map(({ cell, text: typed }) => [cell.id, typed || text])),
    shown, text,
  });
}
