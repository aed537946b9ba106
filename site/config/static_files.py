"""Names each static file by its content, our own modules too: a browser never mixes those of two versions."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_MODULES, _IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, which follows the `import` lines of `static/js/` as it does the `url()` of style sheets.

    Only ours: Django's own switch follows those of every package, and some ship modules that import what is not there.
    """

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/" + _MODULES, _IMPORTS))
