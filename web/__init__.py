"""The HTTP door beside the pages: tiles, uploads, downloads, health, and the rules for all."""
