"""Shelf in Starlette, written from docs/contract.md alone: from hello to auth."""
