"""Ainalym reads what governments publish about their trade: figures, meetings and commitments, each tied to its text."""

from .model import Claim, Commitment, Document, Finding, Meeting, Person, Reading, Span

__all__ = ["Claim", "Commitment", "Document", "Finding", "Meeting", "Person", "Reading", "Span"]
__version__ = "0.1.0"
