/* The chart: one unit for each event, its shape as in the list, never by colour alone. */
import { loadChart } from "./load.js";
import { decorate, palette } from "./shapes.js";

let drawn = null;

export async function drawChart(canvas) {
  drawn?.destroy();
  drawn = null;
  if (!canvas) return;
  const figures = JSON.parse(document.getElementById("figures").textContent);
  try {
    const Chart = await loadChart(canvas.dataset);
    if (!canvas.isConnected) return;
    drawn = new Chart(canvas, options(figures, canvas));
    canvas.dataset.drawn = "true";
  } catch {
    canvas.closest(".chart").classList.add("is-plain");
    document.getElementById("chart-table").open = true;
  }
}

/* Colours are read from the page: another scheme, and paper, ask for a new drawing. */
for (const media of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print"]) {
  matchMedia(media).addEventListener("change", () => drawChart(document.getElementById("chart")));
}

function options(figures, canvas) {
  const columns = axis(figures, canvas.parentElement.clientWidth);
  const colours = palette();
  const rows = lay(figures.spans);
  return {
    type: "bar",
    data: {
      labels: columns.map(({ label }) => label),
      datasets: figures.shapes.map(([shape, words]) => ({
        label: words,
        shape,
        data: columns.map(({ counts }) => counts[shape] ?? 0),
        backgroundColor: "transparent",
        categoryPercentage: 0.9,
        barPercentage: 0.9,
        maxBarThickness: 30,
      })),
    },
    options: {
      maintainAspectRatio: false,
      animation: false,
      font: { family: colours.font },
      layout: { padding: { top: 6 } },
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: colours.line },
          ticks: {
            autoSkip: false,
            maxRotation: 0,
            padding: 4 + rows.length * 9,
            color: colours.quiet,
            font: { family: colours.font, size: 11 },
            callback: (value, index) => columns[index].tick,
          },
        },
        y: { stacked: true, display: false, beginAtZero: true, suggestedMax: highest(figures) },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          mode: "index",
          intersect: false,
          filter: ({ raw }) => raw > 0,
          callbacks: { title: ([first]) => (first ? columns[first.dataIndex].label : "") },
        },
      },
      onClick: (event, elements, chart) => {
        const at = chart.scales.x.getValueForPixel(event.x);
        limitTo(columns[at]?.edtf);
      },
    },
    plugins: [decorate({ figures, columns, colours, rows })],
  };
}

/* The months between “Earlier” and “Later” or “No date”, each set apart by an empty step. */
function axis({ unit, bins, earlier, later, undated }, width) {
  const empty = { label: "", tick: "", counts: {} };
  const has = (counts) => Object.keys(counts).length > 0;
  return [
    ...(has(earlier) ? [{ label: "Earlier", tick: "Earlier", counts: earlier }, empty] : []),
    ...bins.map((bin, index) => ({ ...bin, index, tick: tick(bin, index, unit, width / bins.length) })),
    ...(has(later) ? [empty, { label: "Later", tick: "Later", counts: later }] : []),
    ...(has(undated) ? [empty, { label: "No date", tick: "No date", counts: undated }] : []),
  ];
}

/* A month by its initial, the year below each January; sparser where a step has little room (px). */
function tick({ edtf, label }, index, unit, room) {
  if (unit === "year") return index % Math.ceil(40 / room) ? "" : label;
  const isYear = edtf.endsWith("-01");
  const initial = room < 18 ? "" : label[0];
  return isYear || index === 0 ? [initial, edtf.slice(0, 4)] : initial;
}

/* Spans that overlap go below one another; the third row takes whatever is left. */
function lay(spans) {
  const rows = [];
  for (const span of [...spans].sort((a, b) => a.first - b.first)) {
    const free = rows.find((row) => row.at(-1).last < span.first);
    if (free) free.push(span);
    else if (rows.length < 4) rows.push([span]);
    else rows.at(-1).push(span);
  }
  return rows;
}

/* Room for the ghosts on top of the highest stack. */
function highest({ bins, ghosts }) {
  const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);
  const over = (at) => ghosts.filter((ghost) => ghost.at === at).length;
  return Math.max(5, ...bins.map(({ counts }, at) => sum(counts) + over(at)));
}

function limitTo(edtf) {
  const form = document.getElementById("filters");
  if (!edtf || !form) return;
  form.elements.from.value = edtf;
  form.elements.to.value = edtf;
  form.requestSubmit();
}
