// Asks the server by htmx and tells what came of it, after the page holds the answer. What was refused is not put in
// the page here: who asked decides where it belongs, since the person may have moved on.
const heard = (event, source) => event.detail.requestConfig?.elt === source;

export function ask(source, verb, path, { target, swap, values }) {
  return new Promise((resolve) => {
    const answer = { status: 0, html: "", to: null, saved: null };
    const ears = new AbortController();
    const listen = (name, hear) => document.addEventListener(name, hear, { signal: ears.signal });
    const done = () => {
      ears.abort();
      resolve(answer);
    };
    listen("htmx:beforeSwap", (event) => {
      if (!heard(event, source) || event.detail.xhr.status < 400) return;
      event.detail.shouldSwap = event.detail.isError = false;
      answer.html = event.detail.xhr.response;
      answer.to = event.detail.xhr.getResponseHeader("HX-Retarget");
    });
    listen("grid:saved", (event) => {
      if (event.target === source) answer.saved = event.detail;
    });
    listen("htmx:afterRequest", (event) => {
      // Session.js holds it until the person has signed in again, then asks it anew.
      if (!heard(event, source) || event.detail.xhr.held) return;
      answer.status = event.detail.xhr.status;
      setTimeout(done);
    });
    listen("relais:signed-out", () => {
      answer.status = 401;
      done();
    });
    htmx.ajax(verb, path, { source, target, swap, values }).catch(() => {});
  });
}
