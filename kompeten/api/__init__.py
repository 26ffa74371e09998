"""The JSON API: statistics as documents, and the one definition of their shape.

Rooms: shapes (what a document looks like; JSON Schema and OpenAPI come from here), documents (statistics to shapes),
catalogue (which document stands at which address), openapi (the description for machines), text (a document as bytes).
"""

ROOT = "api/v1/"
"""Where the documents stand below the root of a site."""
