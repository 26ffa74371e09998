"""The attacker: reads what is published, and nothing else, and works out what it hides."""
