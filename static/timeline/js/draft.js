// A draft by keyboard: j and k go on and back, a, e, m, s and r press what the current card has for
// them, u undoes the last decision. Where nothing is the default, a key only chooses: Enter presses.

const cards = [...document.querySelectorAll("[data-card]")];

for (const menu of document.querySelectorAll("[data-keys]")) menu.hidden = false;

function current() {
  return cards.find((card) => card.contains(document.activeElement))
    ?? cards.find((card) => card.hasAttribute("aria-current"))
    ?? cards[0];
}

function go(step) {
  const card = cards[cards.indexOf(current()) + step];
  if (!card) return;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const target = current()?.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  const isChoice = key === "a" && !target.classList.contains("default")
    && target.closest("[data-card]").hasAttribute("aria-current");
  if (isChoice) target.focus();
  else target.click();
}

// The card that the address names, so that Tab goes on from there, or the first field of its form:
// not before the browser itself has gone to the card, which takes the focus along.
addEventListener("load", () => requestAnimationFrame(() => {
  const named = document.getElementById(location.hash.slice(1));
  const field = named?.querySelector("[data-focus], .cand__edit :is(input:not([type=hidden]), select)");
  if (field) field.focus();
  else if (named?.matches("[tabindex]")) named.focus({ preventScroll: true });
}));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (step) go(step);
  else if ("aemsr".includes(event.key)) press(event.key);
  else if (event.key === "u") document.querySelector(".deskbar__last button")?.click();
  else if (event.key === "?") document.querySelector(".keymenu summary")?.click();
});
