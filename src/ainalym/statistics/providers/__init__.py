"""Providers: one module and one declaration (TOML) a source, all behind one protocol, listed in one registry."""

from .base import Provider, find_provider, load_declaration, provider_names

__all__ = ["Provider", "find_provider", "load_declaration", "provider_names"]
