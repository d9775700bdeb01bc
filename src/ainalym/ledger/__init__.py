"""The ledger: what was read, found and corrected, kept in a database where nothing is overwritten."""
