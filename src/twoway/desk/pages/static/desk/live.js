// Fetches anew what changed, as soon as the server says so: events carry ids, never words.
"use strict";

(() => {
  const address = document.body.dataset.live;
  if (!address || !window.EventSource) return;
  // An event without ids says that anything may have changed; no conversation has this number.
  const EVERYTHING = 0;
  let waiting = null;
  let changed = new Set();

  const menuIsOpen = () => document.querySelector("[popover]:popover-open:not(#rail)");
  const isBusy = () => document.querySelector("#rows .pick input:checked") || menuIsOpen();

  function tell() {
    waiting = null;
    const talk = document.getElementById("talk");
    const here = Number(talk?.dataset.conversation);
    htmx.trigger(document.body, "desk:counts");
    if (isBusy()) { waiting = setTimeout(tell, 2000); return; }
    htmx.trigger(document.body, "desk:list");
    if (!changed.size || changed.has(EVERYTHING) || changed.has(here)) htmx.trigger(document.body, "desk:talk");
    changed = new Set();
  }

  // Many posts at once make one look, not many.
  function soon() {
    if (waiting === null) waiting = setTimeout(tell, 250 + Math.random() * 250);
  }

  const isWritten = () => document.querySelector("#exchange details[open] form");
  const isChosen = () => {
    const chosen = getSelection();
    return !chosen.isCollapsed && document.getElementById("exchange")?.contains(chosen.anchorNode);
  };

  // A menu or a form that somebody has open, or words that they chose, stand in what would be swapped:
  // it is fetched anew afterwards.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt?.id !== "exchange" || !(menuIsOpen() || isWritten() || isChosen())) return;
    event.detail.shouldSwap = false;
    changed.add(Number(document.getElementById("talk")?.dataset.conversation));
    if (waiting === null) waiting = setTimeout(tell, 2000);
  });

  const news = new EventSource(address);
  news.addEventListener("changed", (event) => {
    const ids = JSON.parse(event.data);
    for (const id of ids.length ? ids : [EVERYTHING]) changed.add(id);
    soon();
  });
  // What came before the line stood, or while it was down, was told to nobody here.
  news.addEventListener("open", soon);
  window.addEventListener("pagehide", () => news.close());
})();
