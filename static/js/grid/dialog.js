// The window over the grid: the history of a place, why somebody no longer comes, the keys.
import { ask } from "./asking.js";
import { here } from "./focus.js";
import { save, send } from "./saving.js";
import { byId, linkOf } from "./table.js";
import { warn } from "./voice.js";

const dialog = document.getElementById("dialog");
let id = null;

export const isOpen = () => dialog.open;

function present() {
  const title = dialog.querySelector("h1, h2, h3");
  if (title) {
    title.id ||= "dialog-title";
    dialog.setAttribute("aria-labelledby", title.id);
  }
  dialog.prepend(document.getElementById("closing").content.cloneNode(true));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), select")?.focus();
}

export function show(html, at = null) {
  id = at?.id ?? id;
  htmx.swap(dialog, html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
  present();
}

export function showTemplate(name) {
  dialog.replaceChildren(document.getElementById(name).content.cloneNode(true));
  present();
}

export async function history(at) {
  if (!linkOf(at)) return;
  id = at.id;
  const { status } = await ask(dialog, "GET", `${linkOf(at)}histoire/`, { target: dialog, swap: "innerHTML" });
  if (status === 200) present();
  else warn("L’histoire de cette place ne vient pas\u00a0: réessayez dans un moment.");
}

// A form of the window is sent in its turn, behind what still waits; the window has then done its work.
function submit(event) {
  const form = event.target;
  if (form.method === "dialog") return;
  event.preventDefault();
  event.stopPropagation();
  const { csrfmiddlewaretoken: _, ...values } = Object.fromEntries(new FormData(form, event.submitter));
  dialog.close();
  const path = form.getAttribute("action") ?? "";
  const cell = byId(id);
  if (path === linkOf(cell)) save(cell, values, { text: "Annuler la venue" });
  else send({ path });
}

export function start() {
  dialog.addEventListener("submit", submit, true);
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    if (!document.getElementById("editor").hidden) document.getElementById("who").focus();
    else here().focus({ preventScroll: true });
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-do=close]")) dialog.close();
  });
}
