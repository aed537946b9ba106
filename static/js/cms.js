// Starts Wagtail's pickers and choosers from data attributes: its own templates use inline scripts, which the
// content security policy refuses. Also watches for forms that arrive later, in dialogs.
(() => {
  const PICKERS = { date: "initDateChooser", datetime: "initDateTimeChooser", time: "initTimeChooser" };

  const start = (marker) => {
    const { chooser, for: id, options } = marker.dataset;
    marker.remove();
    if (!document.getElementById(id)) return;
    if (chooser in PICKERS) window[PICKERS[chooser]](id, JSON.parse(options));
    else new window[chooser](id, JSON.parse(options));
  };

  const startAll = () => document.querySelectorAll("template[data-chooser]").forEach(start);

  document.addEventListener("DOMContentLoaded", () => {
    // The picture editor's cropping tool tries touch screens by inline handlers unless told.
    if (window.jQuery?.Jcrop) window.jQuery.Jcrop.defaults.touchSupport = false;
    startAll();
    new MutationObserver(startAll).observe(document.body, { childList: true, subtree: true });
  });
})();
