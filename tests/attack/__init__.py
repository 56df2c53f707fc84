"""Attacks on the whole: little of each in `make test`, more on demand with `make attack`."""
