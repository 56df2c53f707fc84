// A draft by keyboard: j and k go on and back, a, e, m, s and r press what the current card has for
// them, o finds an event to add to, u undoes the last decision. Where nothing is the default, a key only chooses: Enter presses.
//
// A decision swaps its card, the bar and the drawings; the focus goes to the card that is next.

const bar = () => document.getElementById("bar");
const allCards = () => [...document.querySelectorAll("[data-card]")];

function showKeys() {
  for (const menu of document.querySelectorAll("[data-keys]")) menu.hidden = false;
}

function current() {
  const cards = allCards();
  return cards.find((card) => card.contains(document.activeElement))
    ?? cards.find((card) => card.hasAttribute("aria-current"))
    ?? cards[0];
}

function go(step) {
  const cards = allCards();
  const card = cards[cards.indexOf(current()) + step];
  if (card) show(card);
}

/* A card that is higher than the window is near in any case: its head has to be seen. */
function show(card) {
  card.focus({ preventScroll: true });
  const isCovered = card.getBoundingClientRect().top < bar().getBoundingClientRect().bottom;
  card.scrollIntoView({ block: isCovered ? "start" : "nearest" });
}

function press(key) {
  const target = current()?.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  const isChoice = key === "a" && !target.classList.contains("default")
    && target.closest("[data-card]").hasAttribute("aria-current");
  if (isChoice) target.focus();
  else target.click();
}

/* To the field of the current card that finds another event; only that card has one. */
function find(event) {
  const box = document.querySelector("[data-card][aria-current] .find");
  if (!box) return;
  event.preventDefault();
  box.open = true;
  box.querySelector("[type=search]").focus();
}

/* Go to a card that is opened or next: to its wrong field, its form's first one, or itself. */
function open(card) {
  for (const other of allCards()) {
    if (other === card) continue;
    other.removeAttribute("aria-current");
    other.classList.remove("cand--now");
  }
  const field = card.querySelector("[aria-invalid=true]")
    ?? card.querySelector("[data-focus], .cand__edit :is(input:not([type=hidden]), select)");
  if (field) field.focus();
  else show(card);
}

// The card that the address names, so that Tab goes on from there: not before the browser itself has
// gone to the card, which takes the focus along.
addEventListener("load", () => requestAnimationFrame(() => {
  const named = document.getElementById(location.hash.slice(1));
  if (named?.matches("[data-card]")) open(named);
  else if (named?.matches("[tabindex]")) named.focus({ preventScroll: true });
}));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const menu = event.key === "Escape" && bar().querySelector(".keymenu[open]");
  if (menu) return menu.querySelector("summary").click();
  if (event.key === "Escape" && event.target.closest(".find")) return show(event.target.closest("[data-card]"));
  if (event.key === "Escape") return event.target.closest(".cand__edit, .note")?.querySelector("[data-cancel]")?.click();
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) go(step);
  else if ("aemsr".includes(event.key)) press(event.key);
  else if (event.key === "o") find(event);
  else if (event.key === "u") bar().querySelector(".deskbar__last button")?.click();
  else if (event.key === "?") bar().querySelector(".keymenu summary")?.click();
});

/* After a decision: say what came of it, and go on. */
function goOn() {
  showKeys();
  const said = bar().querySelector("[data-said]")?.textContent ?? "";
  document.getElementById("announcer").textContent = said.trim().replace(/\s+/g, " ");
  const card = document.getElementById(bar().dataset.next ?? "");
  if (card?.matches("[data-card]")) open(card);
  else document.getElementById("line")?.focus();
}

function failed(reason) {
  return ({ detail }) => {
    const box = bar().querySelector("[data-failure]");
    const isDecision = detail.target?.id === "bar";
    const what = isDecision ? "Nothing is known to be decided" : "The card could not be opened";
    box.textContent = `${what}: ${reason(detail.xhr)}. Reload the page to see, or try again.`;
    box.hidden = false;
    document.getElementById("announcer").textContent = box.textContent;
  };
}

const unanswered = () =>
  navigator.onLine ? "the server did not answer" : "there is no connection to the network";

/* htmx knows the button that sent a form where it stands within it alone. */
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const button = detail.triggeringEvent?.submitter;
  if (button?.name) detail.parameters[button.name] = button.value;
});
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.elt?.id === "bar") goOn();
  else if (detail.elt?.matches?.("[data-card]") && detail.requestConfig?.verb === "get") open(detail.elt);
});
document.addEventListener("htmx:sendError", failed(unanswered));
document.addEventListener("htmx:timeout", failed(() => "the server did not answer in time"));
document.addEventListener(
  "htmx:responseError",
  failed(({ status }) => (status >= 500 ? "something broke on the server" : `refused (${status})`)),
);

showKeys();
