"""One measure, one .sql file; its head comment is its documentation."""
