"""Questions about finished results: tools find facts, words cite them; nothing is computed here."""
