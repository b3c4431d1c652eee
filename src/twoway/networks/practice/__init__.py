"""The practice network: a town in a file whose people write, wait, thank and ask again."""
