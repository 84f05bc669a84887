"""When something is not done.

Here: the one exception by which a rule or a missing right stops a command. Its transaction part is undone, and the person gets the reason.
"""

from bot.engine.texts import Text


class Refused(Exception):
    """What was asked for is not done. `reason` is for the person who asked, in plain words."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.msgid)
        self.reason = reason
