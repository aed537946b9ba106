// Moves through the cells: one stop of the Tab key for the whole grid, arrows that stop at its edges.
import { cellAt, cellOf, height, placeOf, table, width } from "./table.js";

const MONTH = 4;
const BEFORE = 280; // how much of the past stays in sight beside the current week
let at = [0, 0];

export const here = () => cellAt(...at);
export const position = () => [...at];
export const inGrid = () => table.contains(document.activeElement);

const within = (value, size) => Math.max(0, Math.min(size - 1, value));

export function go(row, column, { focus = true } = {}) {
  here().tabIndex = -1;
  at = [within(row, height), within(column, width)];
  const cell = here();
  cell.tabIndex = 0;
  if (!focus) return;
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export const step = (down, right) => go(at[0] + down, at[1] + right);
export const goTo = (cell, options) => go(...placeOf(cell), options);

// After an answer has put new cells in the table: their links are no stops of their own, and focus is given back.
export function restore(had = false) {
  for (const link of table.querySelectorAll("td > a:not([tabindex])")) link.tabIndex = -1;
  here().tabIndex = 0;
  if (had && !inGrid()) here().focus({ preventScroll: true });
}

// Where a key leads from a place, or null when it is no key of movement.
export function target({ key, ctrlKey, metaKey }, [row, column]) {
  const far = ctrlKey || metaKey;
  if (key === "Home") return far ? [0, 0] : [row, 0];
  if (key === "End") return far ? [height - 1, width - 1] : [row, width - 1];
  if (far) return null;
  const moves = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [0, -MONTH], PageDown: [0, MONTH],
  };
  const move = moves[key];
  return move ? [within(row + move[0], height), within(column + move[1], width)] : null;
}

export function start() {
  restore();
  let had = false;
  document.addEventListener("htmx:beforeSwap", () => { had = inGrid(); });
  document.addEventListener("htmx:afterSettle", () => restore(had));
  document.addEventListener("htmx:afterRequest", () => { had = false; });
  const asked = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  const now = table.tHead.querySelector(".current");
  const first = asked && cellOf(asked) ? placeOf(asked) : [0, now ? now.cellIndex - 1 : 0];
  go(...first, { focus: Boolean(asked) });
  if (now && !asked) table.closest(".scroller").scrollLeft = now.offsetLeft - BEFORE;
  table.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell && cell !== here()) goTo(cell, { focus: false });
  });
}
