"""The portal: the ledger in a browser. A Django project; settings come from the environment (docs/portal.md)."""
