"""What people write: pages in Kazakh, Russian and English, on Wagtail, with figures that come from the ledger."""
