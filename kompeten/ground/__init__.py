"""The ground every room stands on: each fact and each kind of value once."""
