"""Where Chart.js comes from, and the hash that proves that it is the file we mean.

The CDN serves the npm package's ``dist/chart.umd.min.js`` byte for byte, so one subresource
integrity hash (W3C SRI, sha384) holds for the CDN and for the self-hosted copy beside it.
"""

CHART_VERSION = "4.6.1"
CHART_URL = f"https://cdn.jsdelivr.net/npm/chart.js@{CHART_VERSION}/dist/chart.umd.min.js"
CHART_INTEGRITY = "sha384-Emf5ZVIUiarAdhkgtqK+5/Z5qIvM6QoVrS+qAVtfyZVuD5lIHrac0me485+Antp0"
CHART_FALLBACK = "timeline/vendor/chart.umd.min.js"
