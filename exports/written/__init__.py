"""Written reports as files: one document record in, one page or one text document out."""
