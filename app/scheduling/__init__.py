"""One engine, many listeners: admission, deadlines, and a watch over runs."""
