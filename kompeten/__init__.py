"""Kaltim Kompeten: from data packages to public statistics."""
