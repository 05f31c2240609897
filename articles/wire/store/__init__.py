"""Items to rows: what is new, what changed, what waits for something that has not come yet."""
