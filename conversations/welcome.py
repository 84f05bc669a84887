"""The first meeting: language, what Samråd is, privacy, and the link code if there is one.

Requirement rows: B08, T06 (a link in a chat is a weak identity), T07 (nothing here says what the person has to do with us). Privacy comes
before anything the person tells is stored. Nothing in it depends on who the person is.
"""

from bot.domain.commands import UseLinkCode
from bot.domain.queries import TheProfile
from bot.domain.rules import Profile
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, t
from conversations.contact_card import contact_card
from conversations.language import choose_language


async def welcome(ask: Ask) -> None:
    """The conversation behind /start."""
    profile = await ask.look(TheProfile())
    language = await choose_language(ask)

    await ask.say(
        t(
            "Hello! Samråd belongs to {municipality}. Here you can read about your rights, ask for help and follow your case.",
            municipality=profile.municipality.display_name,
        ),
        sensitivity=Sensitivity.PUBLIC,
    )
    await say_privacy(ask)
    goes_on = await ask.choice(
        "privacy",
        t("Do you want to go on here?"),
        {"go_on": t("Yes, go on"), "phone": t("No, I would rather phone")},
        sensitivity=Sensitivity.PUBLIC,
    )
    if goes_on == "phone":
        await ask.say(t("You are welcome to phone us."), sensitivity=Sensitivity.PUBLIC)
        await ask.say(contact_card(profile, language), sensitivity=Sensitivity.PUBLIC)
        return

    code = ask.given.get("code")
    if code:
        await use_link(ask, code, profile, language)
    await ask.say(
        t("Good. Choose in the menu what you want to do."),
        sensitivity=Sensitivity.PUBLIC,
    )


async def say_privacy(ask: Ask) -> None:
    """Privacy in five sentences."""
    await ask.say(
        t(
            "We store what you answer, so that we can help you. Only those who work with your case can read it. "
            "Telegram can see what stands in its chats, so never write a national identity number. "
            "You can stop at any time and delete what you have not sent. You can always phone us instead."
        ),
        sensitivity=Sensitivity.PUBLIC,
    )


async def use_link(ask: Ask, code: str, profile: Profile, language: Language) -> None:
    """Link this chat to the person the code was made for. The answer is the same for unknown, used and expired codes."""
    result = await ask.do("link", UseLinkCode(code=code))
    if result == "linked":
        await ask.say(t("Your link works. Now we know that it is you."), sensitivity=Sensitivity.NEUTRAL)
        return
    await ask.say(
        t("The link did not work. It may be too old or already used. Ask us for a new one. You can still use the menu."),
        sensitivity=Sensitivity.NEUTRAL,
    )
    await ask.say(contact_card(profile, language), sensitivity=Sensitivity.PUBLIC)
