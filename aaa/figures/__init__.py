"""Charts as plain functions: a metric table in, a Chart out. No arithmetic on the programme here, only geometry."""
