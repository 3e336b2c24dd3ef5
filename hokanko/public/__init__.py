"""Public pages: what anybody may read without logging in."""
