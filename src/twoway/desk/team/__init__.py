"""Who works here: organisations, teammates and their rights, teams and their hours."""
