"""The project's own sixth migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0006_folded_neighbourhoods").Migration
