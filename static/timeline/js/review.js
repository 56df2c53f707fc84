// The review desk by keyboard: j and k go on and back, a, e, m and r press the card's buttons.
// A button that is no default, as of a merge that something speaks against, is only chosen by its
// key; Enter presses it. Where none of two is the default, the card says that one has to choose.
// What is less likely takes part while its fold is open.

const cards = [...document.querySelectorAll("details.card")];
const keys = document.querySelector("[data-keys]");
const isOn = keys.querySelector("[data-keys-on]");
const STORED = "desk-shortcuts";

keys.hidden = false;
isOn.checked = localStorage.getItem(STORED) !== "off";
isOn.addEventListener("change", () => localStorage.setItem(STORED, isOn.checked ? "on" : "off"));

function show(card) {
  for (const other of cards) other.classList.toggle("card--current", other === card);
  card.closest(".fold")?.setAttribute("open", "");
  card.open = true;
  card.querySelector("summary").focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function current() {
  return cards.find((card) => card.open);
}

function isFolded(card) {
  return Boolean(card?.closest(".unlikely:not([open])"));
}

function walk(step) {
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

for (const card of cards) {
  card.addEventListener("toggle", () => card.classList.toggle("card--current", card.open));
}

document.addEventListener("keydown", (event) => {
  if (!isOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) {
    walk(step);
  } else if ("aemr".includes(event.key)) {
    press(event.key);
  }
});
