"""Writing an answer, from the first word to the network."""
