"""Samråd: the machinery of the chat bot. What people are asked and told stands in `conversations`."""

__version__ = "0.1.0"
