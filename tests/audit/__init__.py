"""What a visitor meets, looked at in a real browser: `make audit`, or `python -m tests.audit [PART…]`."""
