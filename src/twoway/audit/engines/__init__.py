"""What runs the SQL: DuckDB in this process, or Spark; the same files on both."""
