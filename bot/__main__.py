"""`python -m bot` is the command `samrad`; what it can do stands in `bot.cli`."""

from bot.cli import main

if __name__ == "__main__":
    main()
