"""Where rows that came by wire came from."""
