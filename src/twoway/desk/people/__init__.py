"""Those we talk with: persons, their accounts, what we know about them."""
