// Single keys on the page of review: a accept, c correct, r reject, s skip. Off where the reviewer unticks the box.
(function () {
  "use strict";
  const box = document.getElementById("keys");
  if (!box) return;
  const NAME = "ainalym.review.keys";
  function isOn() {
    try { return localStorage.getItem(NAME) !== "off"; } catch { return true; }
  }
  box.closest("[hidden]").hidden = false;
  box.checked = isOn();
  box.addEventListener("change", function () {
    try { localStorage.setItem(NAME, box.checked ? "on" : "off"); } catch { /* this page only */ }
  });
  document.addEventListener("keydown", function (event) {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) return;
    // By the place of the key, so that Kazakh and Russian keyboards need no switching.
    const key = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key;
    const target = document.querySelector('[data-key="' + key + '"]');
    if (!target) return;
    event.preventDefault();
    target.click();
    if (target.tagName === "SUMMARY") {
      const field = target.parentElement.querySelector("select, input:not([type=hidden])");
      if (field && target.parentElement.open) field.focus();
    }
  });
})();
