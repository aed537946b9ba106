// A session that ended is opened again over the page, and what was asked meanwhile is asked anew: a sign-in page never
// lands in a cell, and nothing that was typed is lost.
const { user, login, session } = document.body.dataset;
const held = [];
const retried = new Set();
let sheet = null;

function hold(detail) {
  detail.xhr.held = true;
  held.push(detail);
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig: { path, verb, elt } } = event.detail;
  if (xhr.status === 401) {
    event.preventDefault();
    if (path !== session) hold(event.detail);
    open();
  } else if (xhr.status === 403 && verb !== "get" && path !== login && !retried.delete(elt)) {
    // Another window may have signed in: the page's token is then the old one. One more try, with the new one.
    event.preventDefault();
    retried.add(elt);
    hold(event.detail);
    setTimeout(() => htmx.ajax("GET", session, { source: document.body, target: document.body, swap: "none" }));
  }
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!detail.xhr.held) retried.delete(detail.requestConfig.elt);
});

function open() {
  if (sheet) return;
  sheet = document.createElement("dialog");
  sheet.className = "sheet";
  sheet.append(document.getElementById("session-ended").content.cloneNode(true));
  document.body.append(sheet);
  sheet.addEventListener("close", close);
  sheet.showModal();
  setTimeout(() => load());
}

const box = () => sheet.querySelector(".entrance-form");

async function load() {
  await htmx.ajax("GET", `${login}?next=${encodeURIComponent(session)}`, {
    source: box(), target: box(), select: "main .panel", swap: "innerHTML",
  });
}

// The page of the sign-in sends its forms to itself; here they come back into the window.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!sheet?.contains(event.target)) return;
  for (const form of box().querySelectorAll("form")) {
    const attributes = { "hx-post": form.getAttribute("action"), "hx-target": ".entrance-form", "hx-select": "main .panel", "hx-swap": "innerHTML" };
    for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
    htmx.process(form);
  }
  box().querySelector("[aria-invalid=true], input:not([type=hidden])")?.focus();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!sheet?.contains(event.detail.target)) return;
  Object.assign(event.detail, { shouldSwap: true, isError: false });
  if (event.detail.xhr.status === 403) setTimeout(load);
});

document.addEventListener("relais:session", ({ detail }) => {
  if (String(detail.user) !== user) {
    document.dispatchEvent(new CustomEvent("relais:leaving"));
    return location.reload();
  }
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": detail.csrf }));
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = detail.csrf;
  const again = held.splice(0);
  sheet?.close();
  again.forEach(({ requestConfig: { verb, path, elt, formData }, target, etc, select }) => {
    setTimeout(() => htmx.ajax(verb, path, { source: elt, target, swap: etc.swapOverride, select: etc.select ?? select, values: formData }));
  });
});

// Left without signing in: who asked hears that it was not done.
function close() {
  sheet.remove();
  sheet = null;
  if (held.splice(0).length) document.dispatchEvent(new CustomEvent("relais:signed-out"));
}
