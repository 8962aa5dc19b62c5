"""Published letters as files that any web server can serve."""
