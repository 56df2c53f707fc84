// The field of a card that finds another event. Enter takes the first one found, once the answer to
// what was typed is there; arrows go through what was found.

let wanted = null; // the search that waits for its answer

document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Enter" && field.matches(".find [type=search]")) {
    event.preventDefault();
    if (field.dataset.answered === field.value) takeFirst(field);
    else wanted = field;
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && field.closest(".find")) {
    const stops = [...field.closest(".find").querySelectorAll("[type=search], [data-event-choice]")];
    event.preventDefault();
    stops[stops.indexOf(field) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
  }
});

function takeFirst(field) {
  wanted = null;
  field.closest(".find").querySelector("[data-event-choice]")?.click();
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { target, requestConfig } = detail;
  if (!target.matches?.(".find__found")) return;
  const field = target.closest(".find").querySelector("[type=search]");
  field.dataset.answered = requestConfig.parameters[field.name] ?? requestConfig.formData?.get(field.name);
});

/* Only now does htmx know the links. */
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const field = detail.elt?.closest?.(".find")?.querySelector("[type=search]");
  if (field && wanted === field && field.dataset.answered === field.value) takeFirst(field);
});
