// Turns a table into a grid that is edited by keyboard, where there is room for one.
import { start as startFocus, go, goTo, here, restore, target, position } from "./focus.js";
import { cellOf, linkOf, table } from "./table.js";

const wide = matchMedia("(min-width: 700px)");
const plain = { key: () => false, clear: () => {}, open: () => {}, pressed: () => {} };

function role() {
  if (wide.matches) table.setAttribute("role", "grid");
  else table.removeAttribute("role");
}

function keydown(event, editing) {
  const cell = cellOf(event.target);
  if (!cell || event.isComposing || event.defaultPrevented) return;
  const to = event.shiftKey || event.altKey ? null : target(event, position());
  if (to) {
    editing.clear();
    go(...to);
  } else if (!editing.key(event)) return;
  event.preventDefault();
}

function click(event, editing) {
  const cell = cellOf(event.target);
  if (!cell || event.ctrlKey || event.metaKey) return;
  if (linkOf(cell)) event.preventDefault();
  const again = cell === here() && event.pointerType === "touch" && cell.contains(document.activeElement);
  editing.clear();
  goTo(cell);
  if (event.target.closest(".retry")) editing.pressed(cell);
  else if (again) editing.open(cell);
}

async function start() {
  startFocus();
  const editing = document.getElementById("editor") ? await import("./editing.js") : plain;
  editing.start?.();
  role();
  wide.addEventListener("change", role);
  addEventListener("beforeprint", () => table.removeAttribute("role"));
  addEventListener("afterprint", role);
  table.closest(".scroller").removeAttribute("tabindex");
  table.addEventListener("keydown", (event) => keydown(event, editing));
  table.addEventListener("click", (event) => click(event, editing));
  table.addEventListener("dblclick", (event) => cellOf(event.target) && editing.open(cellOf(event.target)));
  restore();
  table.dataset.ready = "";
}

if (table) start();
