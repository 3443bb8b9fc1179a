"""The project's own third migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0003_kept_reasons_and_notes").Migration
