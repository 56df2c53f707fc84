/* After htmx has swapped the view: open parts stay open, focus stays, the count is said aloud. */

const VIEW = "view";
let open = new Set();
let focusedId = "";

function remember(event) {
  if (event.detail.target?.id !== VIEW) return;
  open = new Set([...document.querySelectorAll(`#${VIEW} details[open][id]`)].map(({ id }) => id));
  open.delete("share");
  open.delete("any-day");
  focusedId = document.activeElement?.id ?? "";
}

/* htmx itself gives the focus back to an element whose id is still there; a filter's chip is not. */
function settle(event) {
  if (event.detail.target?.id !== VIEW && event.detail.elt?.id !== VIEW) return;
  for (const id of open) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  if (document.activeElement === document.body) {
    (document.getElementById(focusedId) ?? document.getElementById("count"))?.focus({
      preventScroll: true,
    });
  }
  announce();
  document.dispatchEvent(new CustomEvent("dateline:swapped"));
}

function announce() {
  const said = document.querySelector(`#${VIEW} [role=alert] h2`) ?? document.getElementById("count");
  document.getElementById("announcer").textContent = said?.textContent.trim() ?? "";
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", settle);
