/* What the chart draws over its bars: units, spans, and the line of the day in view. */

const GAP = 2;

/** The page's own colours and type, for a canvas. */
export function palette() {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ink: colour("--ink"),
    accent: colour("--accent"),
    quiet: colour("--ink-3"),
    line: colour("--edge"),
    // forced colours give every word one colour: what is laid behind the bars would hide them
    sunken: matchMedia("(forced-colors: active)").matches ? "transparent" : colour("--sunken"),
    font: getComputedStyle(document.body).fontFamily,
  };
  probe.remove();
  return colours;
}

/** A Chart.js plugin that draws one unit for each event in the place of its bar. */
export function decorate({ figures, columns, colours, rows }) {
  const offset = columns.findIndex(({ index }) => index === 0);
  return {
    id: "dateline",
    beforeDatasetsDraw(chart) {
      drawAhead(chart, figures, offset, colours);
    },
    afterDatasetsDraw(chart) {
      chart.data.datasets.forEach((dataset, at) => {
        chart.getDatasetMeta(at).data.forEach((bar, index) => {
          drawUnits(chart.ctx, bar, dataset.data[index], dataset.shape, colours);
        });
      });
      for (const [at, ghosts] of Map.groupBy(figures.ghosts, ({ at }) => at)) {
        drawGhosts(chart, at + offset, ghosts.length, colours);
      }
      rows.forEach((row, depth) => {
        for (const span of row) drawSpan(chart, span, depth, offset, colours);
      });
    },
  };
}

function drawUnits(ctx, bar, count, shape, colours) {
  if (!count) return;
  const { x, y, base, width } = bar.getProps(["x", "y", "base", "width"], true);
  const step = (base - y) / count;
  const gap = step > 5 ? GAP : 0;
  for (let unit = 0; unit < count; unit += 1) {
    const top = base - (unit + 1) * step;
    drawUnit(ctx, x - width / 2, top + gap / 2, width, step - gap, shape, colours);
  }
}

function drawUnit(ctx, x, y, width, height, shape, colours) {
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, 1);
  STYLES[shape](ctx, { x, y, width, height }, colours);
  ctx.restore();
}

const STYLES = {
  occurred: (ctx, box, { ink }) => fill(ctx, ink),
  ongoing: (ctx, box, { ink }) => {
    outline(ctx, ink, []);
    ctx.fillStyle = ink;
    ctx.fillRect(box.x, box.y, box.width / 2, box.height);
  },
  planned: (ctx, box, { accent }) => outline(ctx, accent, []),
  expected: (ctx, box, { accent }) => outline(ctx, accent, [4, 3]),
  possible: (ctx, box, { accent }) => outline(ctx, accent, [1, 3]),
  postponed: (ctx, box, { accent }) => hatch(ctx, box, accent, 0),
  unresolved: (ctx, box, { quiet }) => hatch(ctx, box, quiet, box.height),
  cancelled: (ctx, box, { quiet }) => {
    outline(ctx, quiet, []);
    line(ctx, box.x, box.y, box.x + box.width, box.y + box.height);
    line(ctx, box.x, box.y + box.height, box.x + box.width, box.y);
  },
};

function fill(ctx, colour) {
  ctx.fillStyle = colour;
  ctx.fill();
}

/* The stroke lies inside the shape: clipped to it, twice as wide. */
function outline(ctx, colour, dashes) {
  ctx.clip();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 3.5;
  ctx.setLineDash(dashes);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.lineWidth = 1.25;
}

/* Strokes that lean by `lean` pixels: 0 is level. */
function hatch(ctx, { x, y, width, height }, colour, lean) {
  outline(ctx, colour, []);
  if (!lean) return line(ctx, x, y + height / 2, x + width, y + height / 2);
  for (let at = x - lean; at < x + width; at += 5) line(ctx, at, y + height, at + lean, y);
}

function line(ctx, fromX, fromY, toX, toY) {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}

/* Dotted boxes on top of the stack, each as high as one event is there. */
function drawGhosts(chart, index, count, colours) {
  const { ctx, scales } = chart;
  const stack = chart.data.datasets.reduce((sum, { data }) => sum + data[index], 0);
  const step = scales.y.getPixelForValue(0) - scales.y.getPixelForValue(1);
  const width = chart.getDatasetMeta(0).data[index]?.width ?? 0;
  const x = scales.x.getPixelForValue(index) - width / 2;
  ctx.save();
  ctx.strokeStyle = colours.line;
  ctx.setLineDash([1.5, 2]);
  for (let unit = stack; unit < stack + count; unit += 1) {
    const top = scales.y.getPixelForValue(unit + 1);
    ctx.strokeRect(x + 0.5, top + 1.5, width - 1, Math.max(2, step - 3));
  }
  ctx.restore();
}

/* A dashed capsule below the axis, over the whole time that a date can mean. */
function drawSpan({ ctx, scales: { x: axis }, chartArea }, span, depth, offset, colours) {
  const half = (axis.getPixelForValue(1) - axis.getPixelForValue(0)) / 2;
  const from = axis.getPixelForValue(span.first + offset) - half * 0.8;
  const to = axis.getPixelForValue(span.last + offset) + half * 0.8;
  ctx.save();
  ctx.beginPath();
  ctx.roundRect(from, chartArea.bottom + 4 + depth * 9, to - from, 6, 3);
  ctx.lineWidth = 1.5;
  if (span.marker === "occurred") {
    fill(ctx, colours.quiet);
  } else {
    ctx.strokeStyle = span.marker === "unresolved" ? colours.quiet : colours.accent;
    ctx.setLineDash([4, 2.5]);
    ctx.stroke();
  }
  ctx.restore();
}

/* Beyond the day in view the ground is sunken: what stands there is not yet done. */
function drawAhead({ ctx, scales: { x: axis }, chartArea }, figures, offset, colours) {
  if (figures.now === null) return;
  const step = axis.getPixelForValue(1) - axis.getPixelForValue(0);
  const now = axis.getPixelForValue(offset) - step / 2 + figures.now * step;
  const end = axis.getPixelForValue(offset + figures.bins.length - 1) + step / 2;
  ctx.save();
  ctx.fillStyle = colours.sunken;
  ctx.fillRect(now, chartArea.top, Math.max(0, end - now), chartArea.bottom - chartArea.top);
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 2;
  ctx.setLineDash([2, 2]);
  line(ctx, now, chartArea.top, now, chartArea.bottom);
  ctx.restore();
}
