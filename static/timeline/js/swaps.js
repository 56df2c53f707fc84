/* The view and its requests: what a swap keeps, and what happens when one fails.

   The address says what the list shows. A request that fails changes neither, and gives the
   controls back the values that the list was made with. */
import { closeFailure, setBusy, tellFailure } from "./notices.js";

const VIEW = "view";
const FRAGMENT = /^\s*<div id="view"/;
let open = new Set();
let focusedId = "";
let shown = location.href; // the address of what the list shows
let running = null; // the request that is to bring the next view

const isOurs = ({ detail }) => detail.target?.id === VIEW;

/** Give what is shown another address: a focus that needs no request. */
export function readdress(url) {
  history.replaceState(history.state, "", url);
  shown = location.href;
}

function begin(xhr) {
  if (running !== xhr) running?.abort();
  running = xhr;
  closeFailure();
  setBusy(true);
}

function end(xhr) {
  if (running !== xhr) return;
  running = null;
  setBusy(false);
}

/* Only our own fragment goes into the page. Where the server answers with a whole page, which tells
   what it could not read, that page is shown as any other. */
function check(event) {
  if (!isOurs(event) || !event.detail.shouldSwap) return;
  const { xhr, pathInfo } = event.detail;
  if (FRAGMENT.test(xhr.responseText)) {
    remember();
    return;
  }
  event.detail.shouldSwap = false;
  if (xhr.status === 400) location.assign(pathInfo.finalRequestPath);
  else fail("the answer was not one of Dateline’s", pathInfo.finalRequestPath);
}

function remember() {
  open = new Set([...document.querySelectorAll(`#${VIEW} details[open][id]`)].map(({ id }) => id));
  open.delete("share");
  open.delete("any-day");
  focusedId = document.activeElement?.id ?? "";
}

/* htmx itself gives the focus back to an element whose id is still there; a filter's chip is not. */
function settle(event) {
  if (!isOurs(event) && event.detail.elt?.id !== VIEW) return;
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

function swapped() {
  announce();
  document.dispatchEvent(new CustomEvent("dateline:swapped"));
}

function announce() {
  const said = document.querySelector(`#${VIEW} [role=alert] h2`) ?? document.getElementById("count");
  document.getElementById("announcer").textContent = said?.textContent.trim() ?? "";
}

function fail(reason, path, swap = "outerHTML") {
  if (location.href !== shown) history.pushState({ htmx: true }, "", shown);
  for (const form of document.querySelectorAll(`#${VIEW} form`)) form.reset();
  tellFailure(reason, () => htmx.ajax("GET", path, { source: `#${VIEW}`, target: `#${VIEW}`, swap }));
}

function failed(reason) {
  return (event) => {
    if (!isOurs(event)) return;
    const { pathInfo, requestConfig, xhr } = event.detail;
    const swap = requestConfig.elt.getAttribute("hx-swap") ?? undefined;
    fail(reason(xhr), pathInfo.finalRequestPath, swap);
  };
}

const unanswered = () =>
  navigator.onLine ? "the server did not answer" : "there is no connection to the network";
const late = () => "the server did not answer in time";

function refused({ status }) {
  if (status >= 500) return "something broke on the server";
  if (status === 404 || status === 410) return "this page is not there any more";
  if (status === 429) return "there were too many requests in a short time";
  return `the server refused it (${status})`;
}

document.addEventListener("htmx:beforeRequest", (event) => isOurs(event) && begin(event.detail.xhr));
document.addEventListener("htmx:afterRequest", (event) => end(event.detail.xhr));
document.addEventListener("htmx:beforeSwap", check);
document.addEventListener("htmx:afterSettle", settle);
/* With the swap, not when it has settled: the reader may have gone back in between. */
document.addEventListener("htmx:afterSwap", (event) => {
  if (isOurs(event) || event.detail.elt?.id === VIEW) shown = location.href;
});
document.addEventListener("htmx:sendError", failed(unanswered));
document.addEventListener("htmx:timeout", failed(late));
document.addEventListener("htmx:responseError", failed(refused));
/* Part of the page may be new already: the whole of it is loaded as any page is. */
document.addEventListener("htmx:swapError", ({ detail }) =>
  location.assign(detail.pathInfo.finalRequestPath),
);

/* Back and forward: the page comes from the server, and htmx tells of a refusal alone. */
document.addEventListener("htmx:historyCacheMiss", ({ detail: { xhr, path } }) => {
  begin(xhr);
  xhr.timeout = htmx.config.timeout;
  xhr.addEventListener("loadend", () => end(xhr));
  xhr.addEventListener("error", () => fail(unanswered(), path));
  xhr.addEventListener("timeout", () => fail(late(), path));
});

/* A page that is no longer wanted, because the reader went on, is not the one to be shown. */
document.addEventListener("htmx:historyRestore", ({ detail: { path } }) => {
  if (path !== location.pathname + location.search) return location.reload();
  shown = location.href;
  swapped();
});

/* A page that says what it could not read is a page of ours: it is loaded as any page is. */
document.addEventListener("htmx:historyCacheMissLoadError", ({ detail: { xhr, path } }) => {
  if (xhr.status === 400) location.reload();
  else fail(refused(xhr), path);
});
