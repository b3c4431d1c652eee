// No word is lost: what one writes is kept before one leaves, and again once the desk can be reached.
"use strict";

(() => {
  const AGAIN = 4000;
  const STAYS = 8000;
  const trouble = document.getElementById("trouble");
  if (!trouble) return;
  let retry = null;
  let told = { by: null, at: 0 };

  const field = () => document.getElementById("answer-text");
  const isKept = (text) => !text || text.value === (text.kept ?? text.defaultValue);

  // Whoever signs in elsewhere gets a new proof; forms that are open here go on with it.
  function renew() {
    const proof = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (!proof) return;
    for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = proof[1];
  }

  function say(what, by = null) {
    told = { by, at: Date.now() };
    trouble.hidden = !what;
    for (const one of trouble.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== what;
  }

  function tryAgain() {
    clearTimeout(retry);
    retry = null;
    if (isKept(field())) return;
    renew();
    htmx.trigger(field(), "desk:keep");
  }

  function failed({ detail }) {
    const isSignedOut = detail.xhr?.status === 401;
    const text = field();
    // What was handed over a moment ago has gone the same way.
    if (text?.handed) { text.kept = text.handed.before; delete text.handed; }
    if (detail.elt === text || !isKept(text)) {
      const saved = document.querySelector("#advice .saved");
      if (saved) saved.textContent = saved.dataset.not;
      if (retry === null) retry = setTimeout(tryAgain, AGAIN);
    }
    say(isSignedOut ? "signed-out" : isKept(text) ? "unreached" : "unkept", detail.elt);
  }

  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.successful) return;
    const text = field();
    if (detail.elt === text) { text.kept = detail.requestConfig.parameters.text; delete text.handed; }
    // What failed is told for a while, whatever else goes well meanwhile.
    const isOver = detail.elt === text || detail.elt === told.by || Date.now() - told.at > STAYS;
    if (isOver && isKept(text)) say("");
  }, true);
  addEventListener("online", tryAgain);
  addEventListener("focus", () => { renew(); tryAgain(); });

  // A form that leads away from the conversation goes once the words are kept, else it stays.
  document.addEventListener("submit", (event) => {
    const text = field();
    const leads = !event.target.matches("[hx-post]:not([hx-target='#talk'])");
    if (!leads || event.target.method !== "post" || isKept(text)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { target, submitter } = event;
    text.addEventListener("htmx:afterRequest", function kept({ detail }) {
      if (detail.successful && !isKept(text)) return;
      text.removeEventListener("htmx:afterRequest", kept);
      if (detail.successful) target.requestSubmit(submitter);
    });
    htmx.trigger(text, "desk:keep");
  }, true);

  // A link leads away at once: the words go after it.
  function hand() {
    const text = field();
    if (isKept(text)) return;
    const answer = new FormData(text.form);
    answer.delete("picture");
    if (!navigator.sendBeacon(text.getAttribute("hx-post"), answer)) return;
    text.handed = { before: text.kept };
    text.kept = text.value;
  }
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt, target } = event.detail;
    if (target.id !== "talk") return;
    // The desk is known to be out of reach: leaving is asked about, as it is for any other link.
    if (retry !== null && !isKept(field()) && elt.href) { event.preventDefault(); location.assign(elt.href); return; }
    hand();
  });
  document.addEventListener("htmx:historyCacheMiss", hand);
  addEventListener("pagehide", hand);
  // Before the next page is asked for, which shows what was kept.
  addEventListener("beforeunload", (event) => {
    if (retry !== null && !isKept(field())) event.preventDefault();
    else hand();
  });
})();
