"""Synthetic registers and packages for the demo, the tests and the benchmarks; nothing in here is about anybody."""
