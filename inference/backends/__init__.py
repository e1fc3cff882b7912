"""What runs a learned network: one engine a file, and the choice between them."""
