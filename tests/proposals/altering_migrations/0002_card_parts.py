"""The project's own second migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0002_card_parts").Migration
