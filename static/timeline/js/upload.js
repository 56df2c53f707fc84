// A folder of saved pages brings their pictures and frames along: only what may hold an article
// is sent. The server leaves the rest out as well, but a request has a limit of files.

const FIT = /\.(txt|html?|xhtml|jsonl|ndjson|zip)$/i;
const BESIDE = /(^|\/)([^/]*_files\/|\.|__MACOSX\/)/;

const folder = document.querySelector("input[webkitdirectory]");

folder?.addEventListener("change", () => {
  const kept = new DataTransfer();
  for (const file of folder.files) {
    const path = file.webkitRelativePath || file.name;
    if (FIT.test(path) && !BESIDE.test(path)) kept.items.add(file);
  }
  if (kept.files.length) folder.files = kept.files;
});
