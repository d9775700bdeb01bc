"""Part of Ainalym."""
