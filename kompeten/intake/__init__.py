"""What came in, and whether it is sound: packages, rules, messages, what earlier releases left to keep."""
