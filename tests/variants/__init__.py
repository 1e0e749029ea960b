"""Prove every variant: sound as files, free of leftovers, and right when it runs."""
