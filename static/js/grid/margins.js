// The ends of lines and columns count the places to be filled: they are counted again from the cells themselves, so
// that they can never say something else than what is in sight.
import { cellAt, height, is, placeOf, rows, table, width } from "./table.js";

const open = (row, column) => (is(cellAt(row, column), "open") ? 1 : 0);
const sum = (count, value) => Array.from({ length: count }, (_, i) => value(i)).reduce((a, b) => a + b, 0);

function write(cell, count) {
  const figure = cell?.querySelector("b");
  if (figure) figure.textContent = count;
}

const ends = () => [...(table.tFoot?.rows[0]?.cells ?? [])].slice(1);

export function recount(cells) {
  const places = cells.map(placeOf).filter(Boolean);
  const feet = ends();
  for (const row of new Set(places.map(([row]) => row)))
    write(rows[row].querySelector(".end"), sum(width, (column) => open(row, column)));
  for (const column of new Set(places.map(([, column]) => column)))
    write(feet[column], sum(height, (row) => open(row, column)));
  if (places.length) write(feet[width], sum(height, (row) => Number(rows[row].querySelector(".end b").textContent)));
}
