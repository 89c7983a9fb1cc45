"""The same findings, figures and tables as files to take home."""
