"""How well every detector does on labelled pairs, on unchanged ones and under disturbances."""
