// Names the choices that Django's admin draws in place of a select: a screen reader would say
// “combobox” and nothing else of one that is empty.

function nameOf(select) {
  const label = select.labels?.[0]?.textContent ?? select.getAttribute("aria-label") ?? select.name;
  return label.trim().replace(/:$/, "");
}

function name(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible")) {
    const drawn = select.nextElementSibling;
    const said = nameOf(select);
    const box = drawn?.querySelector("[role=combobox]");
    const value = box?.querySelector(".select2-selection__rendered");
    box?.removeAttribute("aria-labelledby");
    box?.setAttribute("aria-label", [said, value?.title].filter(Boolean).join(": "));
    if (value?.matches("[role=textbox]")) value.setAttribute("aria-label", said);
    drawn?.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
    drawn?.querySelector(".select2-search__field")?.setAttribute("aria-label", said);
  }
}

function nameAll() {
  name(document);
  for (const sign of document.querySelectorAll(".help-tooltip[aria-label]:not([role])")) {
    sign.setAttribute("role", "img");
  }
}

/* They are drawn some time after the page, again for a new row, and anew with each choice. */
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
nameAll();
