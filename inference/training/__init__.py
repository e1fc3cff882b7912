"""How the weights we ship are made; nothing here is needed to use them."""
