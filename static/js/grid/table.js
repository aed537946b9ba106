// The table as a plane of cells: where each one is, which one is beside it, what each says of itself. Nothing is kept
// from one question to the next, since answers of the server replace cells. The table says itself where its gestures go
// (`data-fill`, `data-undo`…) and how each state is written (`data-sure`), so that any table of this shape is a grid.
export const table = document.querySelector("table[data-grid]");
export const rows = table ? [...table.tBodies].flatMap((body) => [...body.rows]) : [];

const shift = (row) => (row.cells[0].tagName === "TH" ? 1 : 0);

// The last cell of a line is its end, which counts and is not a place.
export const width = rows.length ? rows[0].cells.length - shift(rows[0]) - 1 : 0;
export const height = rows.length;

export const cellAt = (row, column) => rows[row].cells[column + shift(rows[row])];

export function placeOf(cell) {
  const row = rows.indexOf(cell.parentElement);
  return row < 0 ? null : [row, cell.cellIndex - shift(rows[row])];
}

export function cellOf(node) {
  const cell = node.closest?.("td");
  return cell && table.contains(cell) && !cell.matches(".end") ? cell : null;
}

export const byId = (id) => document.getElementById(id);
export const slotOf = (cell) => cell.id.slice(1);
export const linkOf = (cell) => cell.querySelector("a")?.getAttribute("href");
export const editable = (cell) => "v" in cell.dataset;

const label = (cell) =>
  (cell.querySelector("a")?.getAttribute("aria-label") ?? cell.querySelector(".visually-hidden")?.textContent ?? "");
const CUT = "\u00a0: ";

// « S12, du 16 au 22 mars, Ajain, place 1 », then « Dr Claire Martin, confirmé ».
export const where = (cell) => label(cell).split(CUT)[0];
export const said = (cell) => label(cell).split(CUT).slice(1).join(CUT);
export const is = (cell, ...states) => states.some((state) => cell.classList.contains(state));

// « ? proposé » as it is seen, « proposé » as it is said.
export const seenAs = (state) => table.dataset[state];
export const saidAs = (state) => seenAs(state).replace(/^\S+ /, "");

// The name of who holds the place alone.
export function holder(cell) {
  if (!("d" in cell.dataset)) return "";
  return said(cell).split(`, ${saidAs(is(cell, "option") ? "option" : "sure")}`)[0];
}
