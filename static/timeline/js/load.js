/* Chart.js: from the CDN with its integrity hash, else the self-hosted copy of the same file. */

const PATIENCE = 4000; // ms that the CDN may take
let loading = null;

/** The Chart constructor; rejects when neither copy runs. */
export function loadChart({ src, integrity, fallback }) {
  loading ??= run(src, { integrity, crossOrigin: "anonymous", patience: PATIENCE })
    .catch(() => run(fallback, {}))
    .then(() => window.Chart ?? Promise.reject(new Error("Chart.js did not run")));
  return loading;
}

function run(src, { integrity = "", crossOrigin = null, patience = 0 }) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src, integrity, crossOrigin, async: true });
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    if (patience) setTimeout(reject, patience);
    document.head.append(script);
  });
}
