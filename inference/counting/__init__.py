"""Things of one kind at both dates: finding, splitting, comparing with the other date."""
