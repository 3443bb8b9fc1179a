"""The accounts of staff: how they are given, how one signs in, what stops who guesses."""
