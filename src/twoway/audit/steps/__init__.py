"""The tables that the measures share: `prepare` makes them, `columns` says what they hold."""
