// The box that opens over a cell: a name is searched, Enter confirms it, and what was refused is said there.
import * as combobox from "./combobox.js";
import * as dialog from "./dialog.js";
import { go, goTo, here, position } from "./focus.js";
import { recount } from "./margins.js";
import { drop, failureAt, retry, save, settled } from "./saving.js";
import * as selection from "./selection.js";
import { byId, editable, holder, is, linkOf, where } from "./table.js";
import { tell } from "./voice.js";

const box = document.getElementById("editor");
const field = document.getElementById("who");
const verdict = document.getElementById("verdict");
const OFFLINE = "La liste ne vient pas\u00a0: vérifiez le réseau, puis tapez de nouveau.";
const ASKED = field.getAttribute("aria-label"); // what the field asks for
const LIST = 400; // the height that a full list takes
let id = null;
let typed = false;
let ahead = null; // the keys pressed since Enter, until it has been dealt with

const isOpen = () => !box.hidden;
const cell = () => byId(id);

// The field lies on its cell; the list goes under it, or over it where there is more room.
function place() {
  if (!isOpen()) return;
  const { left, top, width, height, bottom } = cell().getBoundingClientRect();
  const [above, below] = [top, innerHeight - bottom];
  const under = below > LIST || below > above;
  box.style.left = `${Math.max(4, Math.min(left, innerWidth - box.offsetWidth - 4))}px`;
  box.style.setProperty("--cell-width", `${width}px`);
  box.style.setProperty("--cell-height", `${height}px`);
  box.style.setProperty("--room", `${Math.max(140, (under ? below : above) - 16)}px`);
  box.classList.toggle("over", !under);
  box.style.top = under ? `${top}px` : "auto";
  box.style.bottom = under ? "auto" : `${innerHeight - bottom}px`;
}

function put(html) {
  verdict.replaceChildren();
  if (html) {
    htmx.swap(verdict, html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 });
    recount([cell()]);
  }
  place();
}

function sayHere(text) {
  put(null);
  const paragraph = document.createElement("p");
  [paragraph.className, paragraph.textContent] = ["refused", text];
  verdict.append(paragraph);
  field.setAttribute("aria-describedby", "verdict");
  place();
}

function cannot(at) {
  if (!editable(at)) return at.id ? "Vous pouvez lire cette place, pas la modifier." : "Il n’y a pas de place ici cette semaine-là.";
  if (is(at, "shut")) return "Ce centre est fermé cette semaine-là. Alt et Entrée ouvrent sa page, où la semaine se rouvre.";
  return "";
}

export function open(at, text = null) {
  const refusal = cannot(at);
  if (refusal) return tell(refusal);
  const failure = failureAt(at.id);
  if (!failure) return edit(at, text, holder(at).replace(/^Dr /, ""));
  if (failure.to !== "#dialog") return show({ ...failure, text: text ?? failure.text });
  drop(at.id);
  return dialog.show(failure.html, at);
}

function edit(at, text, standing = "") {
  if (isOpen()) close();
  goTo(at, { focus: false });
  at.scrollIntoView({ block: "nearest", inline: "nearest" });
  id = at.id;
  typed = text !== null;
  box.hidden = false;
  field.value = text ?? standing;
  field.setAttribute("aria-label", `${ASKED}, ${where(at)}`);
  field.removeAttribute("aria-describedby");
  place();
  field.focus({ preventScroll: true });
  if (!typed) field.select();
  combobox.search(linkOf(at), typed ? text : "", { at_once: true });
}

// Opens where something was refused, unless the person is already busy elsewhere.
export function show(failure) {
  if (isOpen() || dialog.isOpen()) return false;
  const at = byId(failure.id);
  if (failure.to === "#dialog") dialog.show(failure.html, at);
  else {
    edit(at, failure.text.replace(/^Dr /, ""));
    put(failure.html);
    field.setAttribute("aria-describedby", "verdict");
    if (failure.passing) verdict.append(button("retry", "Réessayer"));
    place();
  }
  return true;
}

function button(does, text) {
  const made = document.createElement("button");
  [made.type, made.className, made.textContent] = ["button", "button", text];
  made.dataset.do = does;
  return made;
}

function close() {
  box.hidden = true;
  combobox.close();
  verdict.replaceChildren();
}

function leave() {
  const left = id;
  close();
  drop(left);
  here().focus({ preventScroll: true });
}

export function free(at) {
  if (!editable(at)) return tell(cannot(at));
  if (!is(at, "sure", "option")) return tell("Personne ne tient cette place.");
  save(at, { geste: "liberer" }, { text: "Libérer la place" });
}

function store(doctor, name, option, fill) {
  const at = cell();
  close();
  if (fill && selection.many()) return selection.fill(doctor, name, option);
  const already = at.dataset.d === doctor && is(at, option ? "option" : "sure");
  if (already) drop(at.id);
  else save(at, { geste: option ? "proposer" : "confirmer", doctor }, { name, option });
}

// Who is said to be busy may just have been freed by a gesture that was on its way: asked once more behind it.
async function settledChoice(at) {
  const found = await combobox.chosen();
  if (!found || combobox.canBeChosen(found)) return found;
  await settled();
  if (!isOpen() || id !== at.id) return undefined;
  combobox.search(linkOf(at), field.value, { at_once: true });
  return combobox.chosen();
}

// True when what is in the field has been dealt with, so that one may move on.
async function commit(option, fill) {
  const at = cell();
  if (!typed && !combobox.active()) {
    if (at.dataset.d && !option && is(at, "option")) store(at.dataset.d, holder(at), false, fill);
    else if (fill && at.dataset.d) store(at.dataset.d, holder(at), is(at, "option"), fill);
    else close();
    return true;
  }
  if (!field.value.trim()) {
    close();
    if (is(at, "sure", "option")) free(at);
    return true;
  }
  const found = await settledChoice(at);
  if (found === undefined) return false;
  if (!found || !combobox.canBeChosen(found)) {
    sayHere(combobox.isBroken() ? OFFLINE : found ? `${combobox.nameOf(found)}\u00a0: ${combobox.reasonOf(found)}.` : combobox.nobody());
    return false;
  }
  store(found.dataset.doctor, combobox.nameOf(found), option, fill);
  return true;
}

// What is typed while the list is still on its way is for the next cell: it is kept, then typed there.
async function enter(option, fill, down, right) {
  if (ahead) return;
  const [row, column] = position();
  ahead = [];
  const done = await commit(option, fill);
  const keys = ahead;
  ahead = null;
  if (!done) return;
  go(row + down, column + right);
  type(keys);
}

const ends = ({ key }) => key === "Enter" || key === "Tab";

function keep(event) {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return;
  if (key === "Backspace") ahead.pop();
  else if (key.length === 1 || (ends(event) && ahead.length && !ends(ahead.at(-1)))) ahead.push(event);
}

function type(keys) {
  const end = keys.findIndex(ends);
  const text = (end < 0 ? keys : keys.slice(0, end)).map(({ key }) => key).join("").trim();
  if (!text) return;
  open(here(), text);
  if (!isOpen() || end < 0) return;
  press(keys[end]);
  ahead = keys.slice(end + 1);
}

function press({ key, shiftKey, ctrlKey, metaKey }) {
  const far = ctrlKey || metaKey;
  if (key === "Enter") enter(shiftKey, far, far ? 0 : 1, 0);
  else enter(false, false, 0, shiftKey ? -1 : 1);
}

function keydown(event) {
  const { key, altKey } = event;
  if (event.isComposing) return;
  const inField = event.target === field;
  if (key === "Escape") leave();
  else if (inField && ahead) keep(event);
  else if (!inField || altKey) return;
  else if (key === "Enter" || (key === "Tab" && !verdict.querySelector("button"))) press(event);
  else if (key === "ArrowDown" || key === "ArrowUp") combobox.walk(key === "ArrowDown" ? 1 : -1);
  else return;
  event.preventDefault();
}

function answer({ dataset }) {
  const at = cell();
  if (dataset.do === "history") return dialog.history(at);
  if (dataset.do === "keep") return leave();
  close();
  here().focus({ preventScroll: true });
  if (dataset.do === "retry") return retry(at.id);
  const { geste, doctor, version } = dataset;
  const values = { geste, version, ...(doctor ? { doctor } : {}) };
  save(at, values, { name: doctor ? field.value : "", option: geste === "proposer" });
}

export function start() {
  box.addEventListener("keydown", keydown);
  field.addEventListener("input", () => {
    typed = true;
    combobox.abandon();
    combobox.search(linkOf(cell()), field.value);
  });
  // The field keeps focus while the mouse chooses.
  box.addEventListener("mousedown", (event) => { if (!event.target.closest("input, button")) event.preventDefault(); });
  box.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-do]");
    if (pressed) return answer(pressed);
    const option = combobox.optionAt(event.target);
    if (!option) return;
    combobox.choose(option);
    typed = true;
    enter(false, false, 0, 0);
  });
  box.addEventListener("focusout", ({ relatedTarget }) => {
    if (isOpen() && relatedTarget && !box.contains(relatedTarget) && !relatedTarget.closest("dialog")) close();
  });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  addEventListener("resize", place);
}
