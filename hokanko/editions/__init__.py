"""Editions (版): drafting, comparing, signing the rulebook an organisation lives under."""
