"""What detectors made of other people's networks share: fixed squares, pictures, a guard, files."""
