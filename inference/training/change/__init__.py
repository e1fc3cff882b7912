"""How the change network is trained: pictures with labels, pairs made of them, losses, the fit."""
