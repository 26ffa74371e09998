"""Counting, and hiding what could tell of a few people, with the proof that it holds."""
