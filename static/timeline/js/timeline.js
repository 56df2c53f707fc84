/* The timeline's page: its chart, its quote panel, and what a swap must keep. */
import "./swaps.js";
import "./menus.js";
import { drawChart } from "./chart.js";
import { followFocus } from "./quote_panel.js";
import { offerCopy } from "./copy.js";

function start() {
  drawChart(document.getElementById("chart"));
  offerCopy(document.querySelector("[data-copy]"));
}

start();
followFocus();
document.addEventListener("dateline:swapped", start);
