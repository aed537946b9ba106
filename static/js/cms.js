// Starts Wagtail's date and time pickers from data attributes: its own templates use inline scripts, which the
// content security policy refuses. Also watches for forms that arrive later, in dialogs.
(() => {
  const STARTERS = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };

  const start = (marker) => {
    const { chooser, for: id, options } = marker.dataset;
    marker.remove();
    if (document.getElementById(id)) window[STARTERS[chooser]](id, JSON.parse(options));
  };

  const startAll = () => document.querySelectorAll("template[data-chooser]").forEach(start);

  document.addEventListener("DOMContentLoaded", () => {
    startAll();
    new MutationObserver(startAll).observe(document.body, { childList: true, subtree: true });
  });
})();
