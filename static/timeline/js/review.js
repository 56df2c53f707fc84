// The review desk by keyboard: j and k go on and back, a, e, m and r press the card's buttons
// (R goes to the reason for rejecting), o finds another event, h takes words of the text, u undoes the
// last decision. A button that is no default, as of a merge that something speaks
// against, is only chosen by its key; Enter presses it. Where none of two is the default, the card
// says that one has to choose. What is less likely takes part while its fold is open.
//
// A decision swaps its card and the bar; the focus goes to the card that is next.

const STORED = "desk-shortcuts";

const allCards = () => [...document.querySelectorAll("details.card")];
const queue = () => document.getElementById("queue");
const isOn = () => localStorage.getItem(STORED) !== "off";

function showKeys() {
  const keys = queue().querySelector("[data-keys]");
  const box = keys.querySelector("[data-keys-on]");
  keys.hidden = false;
  box.checked = isOn();
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
}

function show(card) {
  for (const other of allCards()) other.classList.toggle("card--current", other === card);
  for (const fold of [card.closest(".fold"), card.closest(".unlikely")]) {
    fold?.setAttribute("open", "");
  }
  card.open = true;
  card.querySelector("summary").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function current() {
  return allCards().find((card) => card.open);
}

function isFolded(card) {
  return Boolean(card?.closest(".unlikely:not([open])"));
}

function walk(step) {
  const cards = allCards();
  let at = cards.indexOf(current()) + step;
  while (isFolded(cards[at])) at += step;
  if (cards[at]) show(cards[at]);
}

function press(key) {
  if (isFolded(current())) return;
  const actions = current()?.querySelector(".card__actions");
  const buttons = actions?.querySelectorAll(":is(button, a)") ?? [];
  const button = [...buttons].find((one) => one.querySelector("kbd")?.textContent === key);
  if (button) button.click();
  else choose(actions, actions?.querySelector(`[data-choose="${key}"]`));
}

function choose(actions, button) {
  button?.focus();
  const said = button && actions.querySelector("[data-choose-said]");
  if (!said) return;
  const isAlone = actions.querySelectorAll("[data-choose]").length === 1;
  const why = isAlone ? "Nothing is decided yet." : "You have to choose here.";
  said.textContent = `${why} Enter takes “${button.textContent}”.`;
}

/* `toggle` does not bubble; cards come and go. */
document.addEventListener(
  "toggle",
  ({ target }) => {
    if (target.matches("details.card")) target.classList.toggle("card--current", target.open);
  },
  true,
);

// The first field of a card that is edited: not before the browser itself has gone to the card that
// the address names, which takes the focus along.
addEventListener("load", () => requestAnimationFrame(() => {
  document.querySelector("details.card[open] [autofocus]")?.focus();
}));

document.addEventListener("keydown", (event) => {
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    walk(step);
  } else if ("aemr".includes(event.key)) {
    press(event.key);
  } else if (event.key === "R") {
    focusOn(event, current()?.querySelector("[name=reason]"));
  } else if (event.key === "o") {
    const find = current()?.querySelector(".find");
    find?.setAttribute("open", "");
    focusOn(event, find?.querySelector("[type=search]"));
  } else if (event.key === "h") {
    focusOn(event, document.querySelector("[data-by-hand]")?.elements.words);
  } else if (event.key === "u") {
    queue().querySelector("[data-undo]")?.click();
  }
});

/* The key itself is not to be typed into the field. */
function focusOn(event, field) {
  if (!field) return;
  event.preventDefault();
  field.focus();
}

/* Enter in the field of a reason rejects; Escape goes back to the card. */
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Escape" && field.closest(".find, .card__reject")) {
    show(field.closest("details.card"));
  } else if (event.key === "Escape" && editing(field)) {
    editing(field).querySelector("[data-cancel]").click();
  } else if (event.key === "Enter" && field.matches(".card__reject input")) {
    event.preventDefault();
    field.closest(".card__reject").querySelector("button").click();
  }
});

/* The form that a key is for: between a swap and the focus after it no field has the focus, and its
   card is still closed. */
function editing(field) {
  return field.closest(".edit") ?? (field === document.body ? document.querySelector(".edit") : null);
}

/* An event that was chosen: the card compares it now, and its buttons are next. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const { elt, requestConfig } = detail;
  const asked = requestConfig?.path ?? "";
  if (!elt?.matches?.("details.card") || requestConfig?.verb !== "get") return;
  for (const other of allCards()) if (other !== elt) other.open = false;
  elt.open = true;
  if (asked.includes("event=")) {
    const merge = elt.querySelector(".card__actions [value=merge], .card__actions [value=accept]");
    merge?.focus();
  } else if (asked.includes("edit=")) {
    elt.querySelector(".edit [autofocus]")?.focus();
  } else {
    show(elt);
  }
});

/* After a decision: say what came of it, and go on. A card that is not on the page is fetched. */
function goOn() {
  showKeys();
  const said = queue().querySelector("[data-said]")?.textContent ?? "";
  document.getElementById("announcer").textContent = said.trim().replace(/\s+/g, " ");
  const { next, nextUrl } = queue().dataset;
  const card = next && document.getElementById(next);
  if (card?.matches("details.card")) show(card);
  const wrong = card?.querySelector(".edit__field:has(.edit__error)");
  if (wrong) wrong.querySelector("input, select, textarea").focus();
  else if (card?.matches("details.card")) return;
  else if (nextUrl) location.assign(nextUrl);
  else queue().querySelector("h1").focus?.();
}

const isDecision = ({ detail }) => detail.target?.id === "queue";

function failed(reason) {
  return (event) => {
    if (!isDecision(event)) return;
    const box = queue().querySelector("[data-failure]");
    const why = reason(event.detail.xhr);
    box.textContent = `Nothing is known to be decided: ${why}. Reload the page to see, or try again.`;
    box.hidden = false;
    document.getElementById("announcer").textContent = box.textContent;
  };
}

const unanswered = () =>
  navigator.onLine ? "the server did not answer" : "there is no connection to the network";

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id === "queue") goOn();
});
document.addEventListener("htmx:sendError", failed(unanswered));
document.addEventListener("htmx:timeout", failed(() => "the server did not answer in time"));
document.addEventListener(
  "htmx:responseError",
  failed(({ status }) => (status >= 500 ? "something broke on the server" : `refused (${status})`)),
);

showKeys();
