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
  swapped();
}

/* Back and forward: the page comes from the server. One that is no longer wanted, because the
   reader went on, and one that the server refused, are loaded as any page is. */
function restored(event) {
  if (event.detail.path === location.pathname + location.search) swapped();
  else location.reload();
}

function swapped() {
  announce();
  document.dispatchEvent(new CustomEvent("dateline:swapped"));
}

function announce() {
  const said = document.querySelector(`#${VIEW} [role=alert] h2`) ?? document.getElementById("count");
  document.getElementById("announcer").textContent = said?.textContent.trim() ?? "";
}

document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:historyRestore", restored);
document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());
