// Keys for those who like them, and focus where a part of the page was swapped. Every page works without.
"use strict";

document.documentElement.classList.add("scripted");

// Whoever founds a desk sits in the zone that their browser goes by.
for (const field of document.querySelectorAll("[data-here=zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

const wide = window.matchMedia("(min-width: 72rem)");
const writes = (element) => element.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

// A link that is about to be replaced by what it leads to would take the focus with it.
const INSIDE = "button, a[href]:not([hx-get] > a), select, textarea, input:not([type=hidden], [type=radio]:not(:checked))";

function step(by) {
  const rows = [...document.querySelectorAll("[data-row] .who")];
  if (!rows.length) return;
  const here = rows.indexOf(document.activeElement.closest("[data-row]")?.querySelector(".who"));
  const open = rows.findIndex((row) => row.id === `who-${document.getElementById("talk")?.dataset.conversation}`);
  const from = here >= 0 ? here : open >= 0 ? open : by > 0 ? -1 : rows.length;
  rows[Math.min(Math.max(from + by, 0), rows.length - 1)].focus();
}

function press(key) {
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.matches("input, textarea")) {
    // In a narrow window the field for searches is folded away: its page has one.
    if (!found.checkVisibility() && found.form?.getAttribute("role") === "search") { location.assign(found.form.action); return true; }
    found.focus();
    // One goes on where one stopped.
    found.setSelectionRange(found.value.length, found.value.length);
    return true;
  }
  // A menu stands where its button does: one inside a closed menu opens that first.
  const around = found.closest("[popover]:not(:popover-open)");
  if (around) document.querySelector(`[popovertarget="${CSS.escape(around.id)}"]`)?.click();
  found.click();
  // Whoever opened a menu by key goes on by key: into it, and back out of it by Escape.
  const menu = document.getElementById(found.getAttribute("popovertarget"));
  if (menu?.matches(":popover-open") && !menu.contains(document.activeElement)) menu.querySelector(INSIDE)?.focus();
  return true;
}

function showKeys() {
  const keys = document.getElementById("keys-help");
  if (keys?.togglePopover()) keys.focus();
}

// A menu closes by itself and gives the focus back; what is written elsewhere is left to its conversation.
function leave(field) {
  if (field.closest("[popover]")) return;
  field.blur();
  field.closest("#talk")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form) {
    const send = event.target.form.querySelector('[data-key="send"]');
    if (send) { event.preventDefault(); send.click(); }
    return;
  }
  if (event.key === "Escape" && writes(event.target)) { leave(event.target); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "?") showKeys();
  else if (event.key === "send" || !press(event.key)) return;
  event.preventDefault();
});

// A click for another window or tab is the browser's.
document.addEventListener("click", (event) => {
  if ((event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("a[href]")) event.stopPropagation();
}, true);

// Twice pressed is once meant.
document.addEventListener("submit", (event) => {
  const { target } = event;
  if (target.method !== "post" || event.defaultPrevented) return;
  if (target.isGoing) { event.preventDefault(); return; }
  target.isGoing = true;
  setTimeout(() => { target.isGoing = false; }, 2000);
});

// What stood open in a part that is fetched anew stays open.
const opened = new Set();
// By its words; in menus the same ones stand with every post, and an open menu is never swapped.
const named = (details) => (details.closest("[popover]") ? null : details.querySelector("summary")?.textContent);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!["exchange", "advice"].includes(detail.target.id)) return;
  for (const details of detail.target.querySelectorAll("details[open]")) opened.add(named(details));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const details of document.querySelectorAll("#exchange details, #advice details")) {
    if (named(details) && opened.has(named(details))) details.open = true;
  }
  opened.clear();
});

// Beside the list there is room for the conversation; on a narrow window it gets the whole page.
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.detail.elt.closest("a.who");
  if (link && !wide.matches) { event.preventDefault(); window.location.assign(link.href); }
});

function mark() {
  const open = document.getElementById("talk")?.dataset.conversation;
  for (const row of document.querySelectorAll("[data-row]")) {
    if (open && row.id === `row-${open}`) row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  mark();
  const talk = document.getElementById("talk");
  if (event.detail.target?.id !== "talk" || !talk?.dataset.conversation) return;
  document.querySelector(".desk").className = "desk has-conversation";
  document.title = talk.dataset.title;
  // Whoever was quicker than the page has begun to write already.
  if (!talk.contains(document.activeElement)) talk.focus({ preventScroll: true });
});

// htmx leaves titles alone: a list that was fetched anew would name the window after itself.
document.addEventListener("htmx:historyCacheMissLoad", ({ detail }) => {
  document.title = new DOMParser().parseFromString(detail.xhr.response, "text/html").title;
});

// What a menu's form asked for is done: the menu goes, and what one was writing elsewhere stays.
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, successful } = event.detail;
  const menu = successful && elt.matches("form") ? elt.closest("[popover]") : null;
  if (menu) { elt.reset(); menu.hidePopover(); }
});
