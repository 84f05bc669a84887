"""When a coordinator can be reached.

Requirement row: D16. Source: Rana, Oppstart: available by phone or e-mail in working hours.
"""

from itertools import count

from bot.domain.queries import Now
from bot.domain.startup_commands import HoursView, MyHours, SetOfficeHours
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import t
from conversations.startup_words import WEEKDAYS, hours_lines


async def office_hours(ask: Ask) -> None:
    """The hours now, and other ones."""
    hours, now = await ask.look(MyHours()), await ask.look(Now())
    await ask.say(hours_lines(HoursView(hours=hours, open_now=True, next_open=now)), sensitivity=Sensitivity.PRACTICAL)
    if not await ask.confirm("change", t("Do you want to change them?"), sensitivity=Sensitivity.NEUTRAL):
        await ask.say(t("Good. Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    days = {str(day): words for day, words in enumerate(WEEKDAYS)}
    chosen = await ask.choices("days", t("On which days can people reach you?"), days, sensitivity=Sensitivity.NEUTRAL)
    opens = (await ask.time("opens", t("From what time?"), sensitivity=Sensitivity.NEUTRAL)).replace(tzinfo=None)
    closes = opens
    for turn in count():
        closes = (await ask.time(f"closes/{turn}", t("Until what time?"), sensitivity=Sensitivity.NEUTRAL)).replace(tzinfo=None)
        if closes > opens:
            break
        await ask.say(t("That is before you begin. Choose a later time."), sensitivity=Sensitivity.NEUTRAL)
    await ask.do("set", SetOfficeHours(opens=opens, closes=closes, days=tuple(int(day) for day in chosen)))
    await ask.say(t("It is noted. Those you coordinate for see it in their case."), sensitivity=Sensitivity.PERSONAL)
