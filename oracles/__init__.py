"""What other people's tools make of the published forms. Slow, and with tools of their own: ``make test-forms``."""
