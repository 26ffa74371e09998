"""From protected counts to a package, its release text and the officer's report."""
