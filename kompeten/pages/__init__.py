"""Pages: API documents laid out for readers. Nothing here computes a figure; every figure comes from a document.

Rooms: book (what all pages of one language share: words, names,
figures), parts (tables, charts and reuse kits from nodes), then one room a kind of page.
"""
