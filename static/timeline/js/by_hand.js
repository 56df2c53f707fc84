// Words selected in the text, by mouse, touch or caret: the bar offers to make a card of them. What
// is sent says where they stand, in code points of the article's body.

const form = document.querySelector("[data-by-hand]");
const SHOWN = 60; // characters of the words that the bar repeats

/* Where an end of the selection stands in the body; null outside of the text. */
function place(node, offset) {
  const paragraph = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest("[data-start]");
  if (!paragraph) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + [...before.toString()].length;
}

function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = place(range.startContainer, range.startOffset);
  const end = place(range.endContainer, range.endOffset);
  return start === null || end === null || start >= end ? null : { start, end, words: words(range) };
}

/* The words of the paragraphs alone: cards stand between them. */
function words(range) {
  const parts = [];
  for (const paragraph of document.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(paragraph)) continue;
    const part = range.cloneRange();
    if (!paragraph.contains(range.startContainer)) part.setStart(paragraph, 0);
    if (!paragraph.contains(range.endContainer)) part.setEnd(paragraph, paragraph.childNodes.length);
    parts.push(part.toString());
  }
  return parts.join("\n\n");
}

function offer() {
  const found = selected();
  const bar = document.querySelector("[data-marked]");
  if (!bar) return;
  if (!found?.words.trim()) {
    if (document.activeElement?.closest?.("[data-marked], [data-by-hand]")) return;
    bar.hidden = true;
    return;
  }
  bar.hidden = false;
  const said = found.words.trim().replace(/\s+/g, " ");
  bar.querySelector("[data-marked-words]").textContent =
    said.length > SHOWN ? `${said.slice(0, SHOWN)}…` : said;
  form.elements.words.value = found.words;
  form.elements.start.value = found.start;
  form.elements.end.value = found.end;
}

if (form) {
  document.addEventListener("selectionchange", offer);
  form.elements.words.addEventListener("input", () => {
    form.elements.start.value = form.elements.end.value = "";
  });
}
