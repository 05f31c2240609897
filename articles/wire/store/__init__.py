"""Items to rows: new stories, changed stories, and stories that wait for a part that has not come yet."""
