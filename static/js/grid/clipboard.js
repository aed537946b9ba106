// Copies and pastes rectangles as a spreadsheet does, also from one: lines of names with tabs between them.
import { go, inGrid } from "./focus.js";
import { apply, cells, lines, many, topLeft } from "./selection.js";
import { cellAt, editable, height, holder, is, width } from "./table.js";
import { say } from "./voice.js";

let copied = { text: "", doctors: [], option: false };

function copy(event) {
  if (!inGrid()) return;
  const found = lines();
  const text = found.map((line) => line.map(holder).join("\t")).join("\n");
  const held = found.flat().filter((cell) => "d" in cell.dataset);
  const option = held.length > 0 && held.every((cell) => is(cell, "option"));
  copied = { text, option, doctors: found.map((line) => line.map((cell) => cell.dataset.d ?? null)) };
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
  say(found.flat().length > 1 ? `${found.flat().length} cases copiées` : `${text || "Case vide"}\u00a0: copié`);
}

const flat = (text) => text.replaceAll("\r", "").replace(/\n$/, "");

// An empty cell of what is pasted leaves its place alone. Proposals that were copied stay proposals.
function paste(event) {
  if (!inGrid()) return;
  event.preventDefault();
  const text = flat(event.clipboardData.getData("text/plain"));
  const names = text.split("\n").map((line) => line.split("\t").map((name) => name.trim()));
  const { doctors, option } = text === copied.text ? copied : { doctors: [], option: false };
  const changes = targets(names).filter(({ cell, text: name }) => name && editable(cell) && !is(cell, "shut"));
  apply(changes.map((one) => ({ ...one, doctor: doctors[one.from[0]]?.[one.from[1]] ?? null })), { shown: null, text, option });
}

// One name goes into each selected cell; a rectangle goes down and right from the first one.
function targets(names) {
  if (many() && names.length === 1 && names[0].length === 1)
    return cells().map((cell) => ({ cell, text: names[0][0], from: [0, 0] }));
  const [top, left] = topLeft();
  go(top, left);
  return names.flatMap((line, i) =>
    line.map((text, j) => (top + i < height && left + j < width ? { cell: cellAt(top + i, left + j), text, from: [i, j] } : null)),
  ).filter(Boolean);
}

export function start() {
  document.addEventListener("copy", copy);
  document.addEventListener("paste", paste);
}
