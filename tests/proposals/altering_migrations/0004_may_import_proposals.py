"""The project's own fourth migration, under another package."""

from importlib import import_module

Migration = import_module("proposals.migrations.0004_may_import_proposals").Migration
