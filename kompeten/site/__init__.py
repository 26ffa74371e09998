"""The portable tree bound into a site: prose, glossary, style, search, MkDocs at the end of the line."""
