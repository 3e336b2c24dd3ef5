"""Audit (点検): evidence, registers, and the clause board (遵守状況)."""
