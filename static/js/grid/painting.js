// Shows in a cell what was asked before the server has answered, and puts back what the server last said.
import { byId, linkOf, said, saidAs, seenAs, where } from "./table.js";

const truth = new Map(); // cell id → [the cell that the server last put there, its class, its content]
const TICK = 2000;

function write(cell, css, name, word, label) {
  const link = cell.querySelector("a");
  const [bold, small] = [document.createElement("b"), document.createElement("i")];
  [bold.textContent, small.textContent] = [name, word];
  link.setAttribute("aria-label", `${where(cell)}\u00a0: ${label}`);
  link.replaceChildren(bold, ...(word ? [small] : []));
  cell.className = css;
}

function keep(cell) {
  if (truth.get(cell.id)?.[0] !== cell) truth.set(cell.id, [cell, cell.className, cell.innerHTML]);
}

export function paint(id, { name, option }) {
  const cell = byId(id);
  if (!cell || !linkOf(cell)) return;
  keep(cell);
  if (!name) return cell.classList.add("pending", "leaving");
  const state = option ? "option" : "sure";
  const short = name.replace(/^Dr /, "").replace(/^(\p{L})[\p{L}’']*/u, "$1.");
  write(cell, `${state} pending`, short, seenAs(state), `${name}, ${saidAs(state)}`);
}

export function putBack(id) {
  const [cell, css, html] = truth.get(id) ?? [];
  truth.delete(id);
  // A cell that an answer has replaced since already says what stands.
  if (cell?.isConnected) [cell.className, cell.innerHTML] = [css, html];
}

export const forget = (id) => truth.delete(id);

// What could not be saved stays in sight in its cell, with the way to try again for those who have a mouse.
export function spoil(id, text) {
  const cell = byId(id);
  if (!cell || !linkOf(cell)) return;
  putBack(id);
  keep(cell);
  write(cell, `${cell.className} failed`, `⚠ ${text}`, "", `${text}, pas enregistré. Entrée pour réessayer. Avant\u00a0: ${said(cell)}`);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "retry", tabIndex: -1, textContent: "Réessayer" });
  cell.append(button);
}

export function tick(id) {
  byId(id)?.classList.add("saved");
  setTimeout(() => byId(id)?.classList.remove("saved"), TICK);
}
