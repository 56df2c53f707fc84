// A batch that is being read: its list is renewed with each answer, but not under an editor's hands.

document.querySelector("[data-without-script]")?.remove();

function isInUse(list) {
  const fields = [...list.querySelectorAll("input:not([type=hidden])")];
  const isTyped = ({ value, defaultValue, checked, defaultChecked }) =>
    value !== defaultValue || checked !== defaultChecked;
  return list.contains(document.activeElement) || fields.some(isTyped);
}

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (isInUse(event.detail.target)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:afterSwap", () => {
  document.querySelector("[data-without-script]")?.remove();
});

// A request that fails is asked again: the server may be restarting, and nothing is lost meanwhile.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, () => setTimeout(() => location.reload(), 5000));
}
