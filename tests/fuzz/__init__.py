"""Bytes that nobody would write: a fuzzer that is led by what of the program each input reaches."""
