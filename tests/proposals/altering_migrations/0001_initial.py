"""The project's own first migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0001_initial").Migration
