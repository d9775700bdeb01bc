"""Reading: a document goes in, its claims, meetings and commitments come out, each tied to its characters."""

from .pipeline import read, read_document

__all__ = ["read", "read_document"]
