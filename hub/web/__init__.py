"""The hub over HTTP: the graph, its explorer, its health, and the guards before them."""
