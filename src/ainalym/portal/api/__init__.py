"""The ledger for programs: `/api/v1` with its tokens, limits and errors. What it offers is told at /LANG/data/."""
