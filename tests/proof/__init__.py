"""Proofs with an oracle outside our own tables: short in `make test`, long in `make proof`."""
