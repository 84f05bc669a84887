"""A Telegram to try the bot on: a Bot API server on loopback and a chat page in the browser.

Here: what stands in for Telegram and for the people who write to the bot. Not here: the bot; it talks to this server over HTTP as it
would to the real one. Guarantee: nothing is reachable from outside this machine, and nothing is left behind when it stops.
"""
