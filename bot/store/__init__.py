"""SQL and nothing else: plain functions whose first argument is the open transaction."""
