"""Open data on the training and certification of construction workers in East Kalimantan."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
"""The folder of the repository: `data/`, `site_templates/` and `kompeten.toml` stand in it."""
