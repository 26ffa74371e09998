"""Open data on the training and certification of construction workers in East Kalimantan."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The folder of the code."""

IS_INSTALLED = (PACKAGE / "repository").is_dir()
"""Whether this is an installed copy, which carries what its commands read inside it, and no checkout."""

REPOSITORY = PACKAGE / "repository" if IS_INSTALLED else PACKAGE.parent
"""The folder of the repository: `data/`, `site_templates/` and `kompeten.toml` stand in it."""

WORKPLACE = Path() if IS_INSTALLED else REPOSITORY
"""Where commands write that were told no place: the folder they were called in, or the checkout."""

TEMPLATES = REPOSITORY / "site_templates"
"""The folder of the templates and of what is copied beside the pages."""

RECORD = REPOSITORY / "data"
"""The data of record, whose schemas and code lists every other data folder is held to."""

WORDING = TEMPLATES / "wording"
"""The folder of the words, one file a language and subject."""
