"""What may come to you in the chat: times and places or not, with a sound or without, and ending it.

Requirement rows: T06, T07 (the channel is the person's own choice, and is taken back in one press). Source: our own rules for what may
pass through Telegram; that somebody has a coordinator is confidential (forvaltningsloven § 13).
"""

from bot.domain.channel import AllowPractical, ChannelView, Mute, MyChannel, Unlink
from bot.domain.commands import StopChannel
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Text, t


async def channel(ask: Ask) -> None:
    """The conversation behind /varsel."""
    mine = await ask.look(MyChannel())
    if not mine.chat:
        await ask.say(t("You have no chat with us now. Nothing is sent to you there."), sensitivity=Sensitivity.NEUTRAL)
        return
    what = await ask.choice(
        "what", t("You decide what we send you in the chat. What do you want to change?"), offers(mine), sensitivity=Sensitivity.NEUTRAL
    )
    match what:
        case "times":
            await times(ask)
        case "no_times":
            await ask.do("no_times", AllowPractical(yes=False))
            await ask.say(t("Good. We no longer send times and places in the chat."), sensitivity=Sensitivity.NEUTRAL)
        case "mute":
            await ask.do("mute", Mute(yes=True))
            await ask.say(t("Good. Our messages come without a sound."), sensitivity=Sensitivity.NEUTRAL)
        case "unmute":
            await ask.do("unmute", Mute(yes=False))
            await ask.say(t("Good. Our messages come with a sound again."), sensitivity=Sensitivity.NEUTRAL)
        case "stop":
            await stop(ask)
        case "unlink":
            await unlink(ask)
        case _:
            await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


def offers(mine: ChannelView) -> dict[str, Text]:
    """What can be changed."""
    options: dict[str, Text] = {}
    if mine.agreed:
        options["no_times"] = t("No times and places in the chat")
    elif mine.offered:
        options["times"] = t("Send me times and places")
    options |= {"unmute": t("With a sound again")} if mine.muted else {"mute": t("Without a sound")}
    return options | {"stop": t("Stop the chat"), "unlink": t("Disconnect me"), "nothing": t("Change nothing")}


async def times(ask: Ask) -> None:
    """The person's own yes, after a word on what it means."""
    yes = await ask.confirm(
        "agree",
        t(
            "Then we write the day, the time and the place of a talk in the chat, never why or with whom. Telegram can read it. "
            "We delete it after the talk, or within two days. Do you want this?"
        ),
        sensitivity=Sensitivity.NEUTRAL,
    )
    if not yes:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.do("times", AllowPractical(yes=True))
    await ask.say(t("Good. From now on times and places come in the chat."), sensitivity=Sensitivity.NEUTRAL)


async def stop(ask: Ask) -> None:
    """Works at once."""
    yes = await ask.confirm(
        "sure_stop",
        t("Then we send nothing more in the chat. Everything else goes on as before. Shall we stop?"),
        sensitivity=Sensitivity.NEUTRAL,
    )
    if yes:
        await ask.do("stop", StopChannel())
        await ask.say(t("Stopped. If you write in the chat again, messages come again."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)


async def unlink(ask: Ask) -> None:
    """The chat no longer knows who it is."""
    yes = await ask.confirm(
        "sure_unlink",
        t("Then the chat no longer knows who you are. Everything else goes on as before. Shall we do it?"),
        sensitivity=Sensitivity.NEUTRAL,
    )
    if yes:
        await ask.do("unlink", Unlink())
        await ask.say(t("Done. For a new link, please phone us."), sensitivity=Sensitivity.NEUTRAL)
    else:
        await ask.say(t("Nothing is changed."), sensitivity=Sensitivity.NEUTRAL)
