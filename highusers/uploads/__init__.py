"""The way of an upload: file, columns, rows, confirmation."""
