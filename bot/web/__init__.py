"""The secure page: the same conversations as in the chat, on the municipality's own web page, for citizens and staff."""
