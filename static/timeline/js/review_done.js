// The end of a review: the button says how many it publishes and where they go; p, n and u press.

const form = document.querySelector("[data-publish]");

function sayWhat() {
  const chosen = [...document.querySelectorAll("[name=events][form=publish]:checked")];
  const timeline = form.elements.timeline;
  const name = timeline?.value ? timeline.selectedOptions[0].textContent.trim() : "";
  const these = chosen.length === 1 ? "this event" : `these ${chosen.length} events`;
  const where = name && chosen.length ? ` and put ${chosen.length === 1 ? "it" : "them"} on ${name}` : "";
  form.querySelector("[data-publish-words]").textContent =
    chosen.length ? `Publish ${these}${where}` : "Publish the additions";
}

if (form) {
  document.addEventListener("change", sayWhat);
  sayWhat();
}

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem("desk-shortcuts") === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  const buttons = { p: "[data-publish] button", n: "[data-next]", u: "[data-undo]" };
  if (event.key in buttons) document.querySelector(buttons[event.key])?.click();
});
