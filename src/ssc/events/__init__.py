"""Events: reunions and other meetings, from the first draft to the report; who comes, who waits, who was there."""
