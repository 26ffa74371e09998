"""The documents in other forms: downloads, catalogues, feeds."""
