"""Pictures that networks show, served from here."""
