"""The private wing: from a register of people to a protected package. Runs on an officer's machine, offline.

Rule 1: nothing outside this folder imports it, except the command line inside its own command.
Rule 2: an identifier (NIK, name) lives in memory while a register is checked, and nowhere else, ever.
"""
