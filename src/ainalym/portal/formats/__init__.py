"""Dates and numbers as the portal's languages write them, where Django has no formats or other ones."""
