/* The quote panel follows the event in focus, with the quotes that the list already holds. */

import { readdress } from "./swaps.js";

const SHOWN = 4;
const SHORT = 160; // characters that the panel can afford to set large

export function followFocus() {
  document.addEventListener("focusin", ({ target }) => show(target.closest?.("[data-event]")));
  document.addEventListener("click", (event) => {
    const item = event.target.closest?.("[data-event]");
    const link = event.target.closest?.("[data-focus]");
    show(item);
    if (!item || !link) return;
    event.preventDefault();
    readdress(link.href);
    // where there is no room for the panel, the quotes are below their event
    item.querySelector(".event__quotes").open = true;
  });
}

function show(item) {
  const panel = document.getElementById("quote-panel");
  const held = item?.querySelectorAll(".event__quotes .quote");
  if (!panel || !held?.length || item.classList.contains("is-focused")) return;
  mark(item);
  const quotes = [...held].slice(0, SHOWN).map((quote) => quote.cloneNode(true));
  const first = quotes[0].querySelector("blockquote").textContent.trim();
  quotes[0].classList.toggle("quote--lead", first.length < SHORT);
  part(panel, "quotes").replaceChildren(...quotes);
  const heading = item.querySelector(".event__title a");
  const date = item.querySelector(".event__date").textContent;
  part(panel, "title").textContent = `${heading.textContent}, ${date}`;
  const all = part(panel, "all");
  all.href = `${heading.href}#quotes`;
  all.textContent = `All ${held.length} ${held.length === 1 ? "quote" : "quotes"} on this event`;
}

function part(panel, name) {
  return panel.querySelector(`[data-quote-panel="${name}"]`);
}

function mark(item) {
  const before = document.querySelector(".event.is-focused");
  before?.classList.remove("is-focused");
  before?.removeAttribute("aria-current");
  item.classList.add("is-focused");
  item.setAttribute("aria-current", "true");
}
