"""The project's own fifth migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0005_second_signature").Migration
