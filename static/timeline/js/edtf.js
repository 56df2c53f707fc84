// Says beneath a field for a date how it is understood, while one types.

const PAUSE = 200; // ms after the last key
const waiting = new WeakMap();

function outputOf(input) {
  return input.closest(".edtf-field")?.querySelector("output");
}

async function interpret(input, signal) {
  const output = outputOf(input);
  const day = input.closest("[data-day]")?.dataset.day ?? "";
  const asked = new URLSearchParams({ edtf: input.value, day });
  const url = `${output.dataset.url}?${asked}`;
  const answer = await (await fetch(url, { signal })).json();
  // the server saves words whose date has been shown, and asks where it has not
  output.closest(".edtf-field").querySelector("input[type=hidden]").value = answer.edtf ?? "";
  output.textContent = answer.said ?? answer.error;
  output.classList.toggle("edtf-said--wrong", "error" in answer);
  input.toggleAttribute("aria-invalid", "error" in answer);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("input.edtf") || !outputOf(target)) return;
  waiting.get(target)?.abort();
  const controller = new AbortController();
  waiting.set(target, controller);
  setTimeout(() => {
    if (controller.signal.aborted) return;
    interpret(target, controller.signal).catch((error) => {
      if (error.name !== "AbortError") outputOf(target).textContent = "";
    });
  }, PAUSE);
});
