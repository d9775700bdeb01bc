"use strict";
// Shows what a mark in a text leads to, beside the mark: on hover, on focus, and on a tap where there is no room for
// the list beside the text. Without this file the links alone lead there.
(() => {
  const text = document.querySelector(".text");
  if (!text) return;
  const peek = document.createElement("div");
  peek.className = "peek";
  peek.id = "peek";
  peek.setAttribute("role", "tooltip");
  peek.hidden = true;
  document.body.append(peek);
  let shown = null;
  let timer = 0;

  const hide = () => {
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    peek.hidden = true;
  };
  const place = (box) => {
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - peek.offsetWidth - 8));
    const below = box.bottom + peek.offsetHeight + 8 < window.innerHeight || box.top < peek.offsetHeight + 8;
    peek.style.left = `${left + window.scrollX}px`;
    peek.style.top = `${(below ? box.bottom + 4 : box.top - peek.offsetHeight - 4) + window.scrollY}px`;
  };
  const show = (link) => {
    const entry = document.getElementById(link.getAttribute("href").slice(1));
    const brief = entry && entry.querySelector(".brief");
    if (!brief || shown === link) return;
    hide();
    const copy = brief.cloneNode(true);
    for (const back of copy.querySelectorAll(".back")) back.replaceWith(back.firstChild.cloneNode(true));
    peek.replaceChildren(copy);
    peek.hidden = false;
    place(link.getClientRects()[0] || link.getBoundingClientRect());
    link.setAttribute("aria-describedby", "peek");
    shown = link;
  };
  const later = (act, wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  const linkOf = (event) => event.target instanceof Element && event.target.closest('.text a[href^="#"]');

  text.addEventListener("pointerover", (event) => {
    const link = linkOf(event);
    if (link && event.pointerType !== "touch") later(() => show(link), 120);
  });
  text.addEventListener("pointerout", (event) => { if (event.pointerType !== "touch") later(hide, 300); });
  // Whoever moves onto what is shown may read it to its end.
  peek.addEventListener("pointerover", () => clearTimeout(timer));
  peek.addEventListener("pointerout", () => later(hide, 300));
  text.addEventListener("focusin", (event) => { const link = linkOf(event); if (link) show(link); });
  text.addEventListener("focusout", () => later(hide, 100));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link) {
      if (!peek.contains(event.target)) hide();
      return;
    }
    // A first tap shows, a second one goes to the entry below the text.
    if (window.matchMedia("(max-width: 70rem)").matches && !link.dataset.tapped) {
      event.preventDefault();
      for (const other of text.querySelectorAll("[data-tapped]")) delete other.dataset.tapped;
      link.dataset.tapped = "1";
      clearTimeout(timer);
      show(link);
    }
  });
})();
