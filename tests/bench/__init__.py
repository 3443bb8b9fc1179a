"""What the portal promises in figures, measured: `make bench`, or `python -m tests.bench [NAME…]`."""
