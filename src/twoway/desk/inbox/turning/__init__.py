"""From posts to turns: what the rule of core.turns must see, what it says, what becomes of that."""
