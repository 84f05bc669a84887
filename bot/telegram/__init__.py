"""Telegram: the only package that imports python-telegram-bot."""

import os

# python-telegram-bot warns at each 429 until one has said that waiting times are to be `timedelta`.
os.environ.setdefault("PTB_TIMEDELTA", "true")
