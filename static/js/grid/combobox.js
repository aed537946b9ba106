// The list of doctors under the field (WAI-ARIA combobox): searched while one types, walked by the arrows while focus
// stays in the field. Nobody can be chosen from a list that answers an older question.
import { ask } from "./asking.js";

const PAUSE = 120;
const field = document.getElementById("who");
const list = document.getElementById("choices");
let wanted = null;
let arrived = null;
let loading = false;
let broken = false;
let timer = 0;
let waiting = [];

const options = () => [...list.querySelectorAll("[role=option]:not(.none)")];
const free = (option) => option.getAttribute("aria-disabled") !== "true";
export const active = () => list.querySelector("[aria-selected=true]");
export const nameOf = (option) => option.querySelector("b").textContent.trim();
export const reasonOf = (option) => option.querySelector("small")?.textContent.trim() ?? "";
export const canBeChosen = free;

function mark(option) {
  for (const one of list.querySelectorAll("[aria-selected]")) one.removeAttribute("aria-selected");
  if (option) {
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  } else field.removeAttribute("aria-activedescendant");
}

// `typed` says that the person asked for a name: without one, nobody is chosen in advance.
export function search(path, text, { at_once: atOnce = false } = {}) {
  wanted = { path, text: text.trim() };
  field.setAttribute("aria-expanded", "true");
  list.setAttribute("aria-busy", "true");
  mark(null);
  clearTimeout(timer);
  timer = setTimeout(load, atOnce ? 0 : PAUSE);
}

async function load() {
  clearTimeout(timer);
  if (loading) return;
  loading = true;
  while (wanted && arrived !== wanted) {
    const asked = wanted;
    const { status } = await ask(field, "GET", asked.path, { target: list, swap: "innerHTML", values: { q: asked.text } });
    broken = status !== 200;
    arrived = asked;
  }
  loading = false;
  if (wanted) show();
}

function show() {
  list.removeAttribute("aria-busy");
  if (broken) list.replaceChildren();
  mark(wanted.text && !broken ? options().find(free) ?? options()[0] : null);
  waiting.splice(0).forEach((resolve) => resolve(active()));
}

// The option that is marked, once the list answers what is in the field; null for none, undefined when it was left.
export function chosen() {
  if (wanted && arrived === wanted && !loading) return Promise.resolve(active());
  load();
  return new Promise((resolve) => waiting.push(resolve));
}

// What the server says when nobody answers.
export const nobody = () => list.querySelector(".none")?.textContent ?? "";
export const isBroken = () => broken;
export const abandon = () => waiting.splice(0).forEach((resolve) => resolve(undefined));

export function close() {
  abandon();
  clearTimeout(timer);
  wanted = arrived = null;
  mark(null);
  list.replaceChildren();
  list.removeAttribute("aria-busy");
  field.setAttribute("aria-expanded", "false");
}

export function walk(by) {
  if (arrived !== wanted) return;
  const all = options();
  const at = all.indexOf(active());
  if (all.length) mark(all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length]);
}

export const optionAt = (node) => node.closest("#choices [role=option]:not(.none)");
export const choose = mark;
