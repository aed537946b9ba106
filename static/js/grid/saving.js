// Sends what was done in the order in which it was done, one at a time: a doctor who is freed here and put there needs
// that order, and so does the undo. Keeps what could not be saved.
import { ask } from "./asking.js";
import { restore } from "./focus.js";
import { recount } from "./margins.js";
import { forget, paint, putBack, spoil, tick } from "./painting.js";
import { byId, linkOf } from "./table.js";
import { alarm, say, warn } from "./voice.js";

const MOST = 20;
const line = document.getElementById("saved");
const source = document.getElementById("editor");
const waiting = [];
const idle = [];
const failures = new Map(); // cell id → what was not saved there
let busy = false;
let leaving = false;
let savedAt = new Date();
let heard = () => {};
let shown = () => false;

// `done` hears each answer that went well; `trouble` shows a failure and says whether it could.
export function wire(done, trouble) {
  [heard, shown] = [done, trouble];
  addEventListener("online", drain);
  addEventListener("offline", tell);
  document.addEventListener("relais:leaving", () => { leaving = true; });
  document.addEventListener("htmx:beforeOnLoad", ({ detail }) => { leaving ||= detail.xhr.getResponseHeader("HX-Refresh") === "true"; });
  addEventListener("beforeunload", (event) => {
    if (!leaving && (waiting.length || failures.size)) event.preventDefault();
  });
  tell();
}

export const failureAt = (id) => failures.get(id);
export const firstFailure = () => failures.keys().next().value;
export const pending = () => waiting.length > 0;

export function drop(id) {
  if (!failures.delete(id)) return;
  putBack(id);
  recount([byId(id)]);
  restore();
  tell();
}

// The version that the person read; null behind a gesture of their own on this place: then the one that it will leave.
export const versionOf = ({ id, dataset }) => (waiting.some((job) => job.cells.includes(id)) ? null : Number(dataset.v));
const latest = (id) => Number(byId(id).dataset.v);

// One gesture on one place. `name` and `option` are what the cell shows meanwhile, `text` what was typed.
export function save(cell, values, { name = "", option = false, text = name } = {}) {
  const { id } = cell;
  const version = values.version ?? versionOf(cell);
  failures.delete(id);
  send({ path: linkOf(cell), target: `#${id}`, swap: "outerHTML", values, version, cells: [id], shown: { name, option }, text });
}

export function send(job) {
  if (waiting.length >= MOST) return warn("Vingt modifications attendent déjà le réseau\u00a0: reconnectez-vous avant de continuer.");
  const full = { cells: [], values: {}, target: source, swap: "none", text: "", ...job };
  if (full.shown) full.cells.forEach((id) => paint(id, full.shown));
  waiting.push(full);
  drain();
}

async function drain() {
  if (busy) return;
  busy = true;
  while (waiting.length && navigator.onLine) {
    tell();
    await settle(waiting[0]);
  }
  busy = false;
  tell();
  idle.splice(0).forEach((resolve) => resolve());
}

// Once nothing is on its way any more.
export const settled = () => new Promise((resolve) => (busy ? idle.push(resolve) : resolve()));

async function settle(job) {
  const values = { ...job.values };
  if (job.version !== undefined) values.version = job.version ?? latest(job.cells[0]);
  if (job.asked) values.cells = JSON.stringify(job.asked.map((one) => ({ ...one, version: one.version ?? latest(`s${one.slot}`) })));
  const answer = await ask(source, "POST", job.path, { ...job, values });
  if (answer.status === 0 && !navigator.onLine) return;
  waiting.shift();
  if (answer.status === 200) succeed(job, answer.saved ?? {});
  else fail(job, answer);
  restore();
}

function succeed(job, saved) {
  const { cells = [], refused = [], said = "" } = saved;
  savedAt = new Date();
  cells.forEach((id) => { forget(id); failures.delete(id); });
  job.cells.filter((id) => !cells.includes(id)).forEach(putBack);
  for (const later of waiting) if (later.shown) later.cells.forEach((id) => paint(id, later.shown));
  recount(cells.map(byId).filter(Boolean));
  cells.forEach(tick);
  refused.forEach(({ cell, said: why }) => refuse(cell, job, why));
  const told = [said, refused.length > 1 ? `${many(refused.length, "case")} à revoir.` : refused[0]?.said].filter(Boolean).join(" ");
  if (told) say(told);
  heard({ ...saved, said: told });
}

function refuse(id, job, why) {
  const text = job.texts?.[id] ?? job.text;
  failures.set(id, { id, job, text, html: sentence(why) });
  spoil(id, text);
}

function sentence(text) {
  const paragraph = document.createElement("p");
  [paragraph.className, paragraph.textContent] = ["refused", text];
  return paragraph.outerHTML;
}

// A gesture that is not taken back comes with its cells as they now stand.
function refresh(html) {
  const found = [...new DOMParser().parseFromString(html, "text/html").querySelectorAll("template")];
  const ids = found.map(({ content }) => content.querySelector("td")?.id).filter(Boolean);
  if (!ids.length) return;
  htmx.swap(source, html, { swapStyle: "none", swapDelay: 0, settleDelay: 0 });
  ids.forEach(forget);
  recount(ids.map(byId).filter(Boolean));
}

const TRY_AGAIN = "Votre saisie est gardée\u00a0: réessayez dans un moment.";
const REASONS = {
  0: `Le serveur ne répond pas. ${TRY_AGAIN}`,
  401: "Vous n’êtes plus en session. Votre saisie est gardée\u00a0: réessayez, et connectez-vous.",
  429: `Trop de demandes à la fois. ${TRY_AGAIN}`,
};

function fail(job, { status, html, to }) {
  const [id] = job.cells;
  if (id && waiting.some((later) => later.cells.includes(id))) return;
  const passing = status in REASONS || status >= 500;
  const failure = { id, job, text: job.text, to, passing, html };
  if (passing) failure.html = sentence(REASONS[status] ?? `Le serveur n’a pas pu enregistrer. ${TRY_AGAIN}`);
  else if (/<html/i.test(html)) failure.html = sentence("Cela n’a pas été enregistré. Rechargez la page, puis recommencez.");
  job.cells.forEach(putBack);
  if (!id) refresh(html);
  const seen = id && !passing && shown(failure);
  (seen ? alarm : warn)(new DOMParser().parseFromString(failure.html, "text/html").querySelector("p")?.textContent ?? "");
  if (seen) return;
  for (const each of job.cells) {
    const text = job.texts?.[each] ?? job.text;
    failures.set(each, { ...failure, id: each, text });
    spoil(each, text || "Libérer la place");
  }
}

// What was asked with it and failed too is asked again with it.
export function retry(id) {
  const job = failures.get(id)?.job;
  if (!job) return;
  const cells = job.cells.filter((each) => failures.get(each)?.job === job);
  cells.forEach((each) => { failures.delete(each); putBack(each); });
  const asked = job.asked?.filter(({ slot }) => cells.includes(`s${slot}`)).map((one) => ({ ...one, version: null }));
  send({ ...job, cells, asked, ...(job.version === undefined ? {} : { version: null }) });
}

const many = (count, word) => `${count} ${word}${count > 1 ? "s" : ""}`;
const HOUR = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Paris" });

function words() {
  if (failures.size) return `${many(failures.size, "modification")} à revoir`;
  if (waiting.length && !navigator.onLine) return `Hors ligne\u00a0: ${many(waiting.length, "modification")} en attente du réseau`;
  if (waiting.length) return "Enregistrement…";
  if (!navigator.onLine) return "Hors ligne\u00a0: vos modifications attendront le réseau";
  return `Tout est enregistré, ${HOUR.format(savedAt).replace(":", "\u00a0h\u00a0")}`;
}

function tell() {
  const [text, button] = line.children;
  text.textContent = words();
  button.hidden = !failures.size;
  line.dataset.state = failures.size ? "bad" : waiting.length || !navigator.onLine ? "busy" : "good";
}
