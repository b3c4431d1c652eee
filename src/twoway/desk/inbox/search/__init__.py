"""Full-text search with one tokeniser over both databases: what is found does not depend on them."""
