"""From an office's file to rows that are understood, on the officer's own machine."""
