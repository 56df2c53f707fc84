"""Dateline beside Datasette, on the same invented archive: see docs/performance.md."""
