// Says what happened, once an action: politely when it went well, at once when it did not. Moving says nothing here,
// since a screen reader already reads the cell, and the heading of its column when that changes.
import * as toast from "./toast.js";

const polite = document.getElementById("live");
const urgent = document.getElementById("alert");

function put(region, text) {
  if (!region) return;
  region.textContent = "";
  // The same sentence twice is only read again when the region has been empty in between.
  if (text) requestAnimationFrame(() => { region.textContent = text; });
}

// For the ear: the eye sees it elsewhere.
export function say(text) {
  put(urgent, "");
  put(polite, text);
}

export function alarm(text) {
  put(polite, "");
  put(urgent, text);
}

// For both: why a key did nothing, what could not be done.
export function tell(text) {
  say(text);
  toast.put(text);
}

export function warn(text) {
  alarm(text);
  toast.put(text);
}
