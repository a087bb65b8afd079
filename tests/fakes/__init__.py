"""Outside services as processes of their own, whose logs are the oracles of the tests."""
