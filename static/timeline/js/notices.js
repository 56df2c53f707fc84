/* What the reader is told of a request: that it is running, and that it failed. */

const PAUSE = 200; // ms: an answer that comes sooner needs no word
let timer = 0;
let before = null; // what had the focus when the failure was told

/** Mark the view as being fetched; said in words, and shown, once it takes a moment. */
export function setBusy(isBusy) {
  clearTimeout(timer);
  const view = document.getElementById("view");
  if (isBusy) view?.setAttribute("aria-busy", "true");
  else view?.removeAttribute("aria-busy");
  if (isBusy) timer = setTimeout(() => say("Updating…"), PAUSE);
  else say("");
}

function say(words) {
  document.getElementById("busy").textContent = words;
  document.documentElement.classList.toggle("is-busy", words !== "");
}

/** Say what went wrong, and offer to try again; the focus stays where it is. */
export function tellFailure(reason, again) {
  before = document.activeElement;
  const box = document.getElementById("failure");
  box.replaceChildren(document.getElementById("failure-parts").content.cloneNode(true));
  box.querySelector("[data-said]").textContent =
    `The list could not be updated: ${reason}. What you see is still the selection from before.`;
  box.querySelector("[data-again]").addEventListener("click", () => {
    closeFailure();
    again();
  });
  box.querySelector("[data-close]").addEventListener("click", closeFailure);
}

/** Take the failure away; who stood in it goes back to where they were. */
export function closeFailure() {
  const box = document.getElementById("failure");
  const isInside = box.contains(document.activeElement);
  box.replaceChildren();
  if (isInside && before?.isConnected) before.focus({ preventScroll: true });
}

/* Escape would empty a search field too, and ask for another list. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !document.getElementById("failure").childElementCount) return;
  event.preventDefault();
  closeFailure();
});
