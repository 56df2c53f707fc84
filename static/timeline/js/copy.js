/* “Copy link to this view”: without JavaScript it is simply a link to the view. */

export function offerCopy(link) {
  link?.addEventListener("click", async (event) => {
    event.preventDefault();
    const said = link.textContent;
    try {
      await navigator.clipboard.writeText(new URL(link.href).href);
      link.textContent = "Link copied";
    } catch {
      link.textContent = "Copy it from the address bar";
    }
    setTimeout(() => (link.textContent = said), 2500);
  });
}
