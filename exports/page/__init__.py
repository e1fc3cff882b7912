"""Parts of the HTML exports: pictures, their place on the ground, and rows of tables."""
