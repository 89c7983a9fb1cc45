"""The whole dashboard as plain pages that need no server."""
