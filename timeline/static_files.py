"""How static files are collected: hashed and compressed; vendored ones keep their bytes."""

import re
from collections.abc import Callable
from typing import Any, cast

from whitenoise.storage import CompressedManifestStaticFilesStorage

type Converter = Callable[[re.Match[str]], str]


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    """WhiteNoise's storage, following imports between our modules, leaving vendored files alone.

    A vendored file is shipped with the hash of its exact bytes (`settings.CHART_INTEGRITY`):
    rewriting its source map's address would break that hash, and the map itself is not shipped.
    """

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Converter:
        """Return what rewrites the addresses in the file `name`: for a vendored file, nothing."""
        if "/vendor/" in name:
            return lambda match: match["matched"]
        return cast(Converter, super().url_converter(name, *args, **kwargs))
