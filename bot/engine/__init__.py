"""The conversation engine: a conversation is a function that is replayed from its stored answers."""
