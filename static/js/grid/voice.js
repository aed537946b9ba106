// Says what happened, once an action: politely when it went well, at once when it did not. Moving says nothing here,
// since a screen reader already reads the cell, and the heading of its column when that changes.
const polite = document.getElementById("live");
const urgent = document.getElementById("alert");

function put(region, text) {
  if (!region) return;
  region.textContent = "";
  // The same sentence twice is only read again when the region has been empty in between.
  if (text) requestAnimationFrame(() => { region.textContent = text; });
}

export function say(text) {
  put(urgent, "");
  put(polite, text);
}

export function warn(text) {
  put(polite, "");
  put(urgent, text);
}
