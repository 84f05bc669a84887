"""The words of the page's own frame: headings, buttons and what stands between the conversations.

Here: texts as values, used by name in the templates. Not here: what conversations say. Guarantee: a text exists in every language, and a
template holds no words of its own.
"""

from datetime import date, datetime
from typing import Final

from bot.engine.questions import LANGUAGE_NAMES
from bot.engine.texts import Language, Text, nt, t

SAMRAD: Final = t("Samråd")
SKIP_TO_CONTENT: Final = t("Skip to the content")
MENU: Final = t("Menu")
START_PAGE: Final = t("Start page")
MY_PAGE: Final = t("My page")
DESK: Final = t("Desk")
MESSAGES: Final = t("Messages")
LOG_IN: Final = t("Log in")
LOG_OUT: Final = t("Log out")
VISITOR: Final = t("You have not logged in. Your answers are only open here for as long as you use the page.")
END_VISIT: Final = t("End this visit")
ACCESSIBILITY: Final = t("Accessibility statement")
PRIVACY: Final = t("Privacy")
LETTERS: Final = t("Letters and decisions on paper are in Norwegian. You can always ask us to explain them.")
EMERGENCY: Final = t("Is life in danger? Phone 113.")

# The first page
HOME_TITLE: Final = t("Someone who sees the whole")
HOME_LEAD: Final = t("Do you need help from several services over a long time? Then you may have the right to a coordinator.")
HOME_WHAT: Final = t("A coordinator is one person who helps you and the services to work together. Here you can ask for one.")
HOME_HOW: Final = t("How it works")
HOME_STEPS: Final = (
    t("You answer a few questions. You can stop and go on later."),
    t("We talk with you about what you need."),
    t("You get an answer, and we find a coordinator with you."),
)
HOME_FREE: Final = t("It costs nothing. You do not have to know what you need.")
HOME_NO_LOGIN: Final = t("You can begin without logging in. We phone or meet you later to confirm who you are.")
HOME_LOGIN_FIRST: Final = t("You log in to ask for help here. Or phone us, and we help you to ask.")
HOME_LOGIN: Final = t("When you log in, you see your case and your messages. You can also go on with what you began in the chat.")

# Logging in
LOGIN_TITLE: Final = t("Log in")
LOGIN_CITIZEN: Final = t("Log in with ID-porten")
LOGIN_STAFF: Final = t("Log in as staff")
LOGIN_NEEDED: Final = t("You must log in to see this. That is how we know that it is you.")
LOGIN_NONE: Final = t("Nobody can log in here yet. Please phone us instead.")
LOGIN_TAKES: Final = t("Log in, and take along what I wrote")
LOGIN_TAKES_HINT: Final = t("Take it along only if you wrote it yourself on this device just now.")
LOGIN_TAKES_CHAT: Final = t("Log in, and connect my chat")
LOGIN_TAKES_CHAT_HINT: Final = t("Connect the chat only if you came here from your own Telegram. Never do it because others ask you to.")
LOGIN_ONWARDS: Final = t("Go on")
LOGIN_AGAIN: Final = t("For this you must log in once more. Then we know that it is you, and not somebody else at your device.")
LOGIN_IN_TELEGRAM: Final = t("You are inside Telegram now. It is safest to open this page in your own browser, and to log in there.")
GOODBYE_TITLE: Final = t("You are logged out")
GOODBYE: Final = t("You have left the page. Nobody can see your case here now.")
GOODBYE_PROVIDER: Final = t("Do others use this device? Log out of the login service too.")
GOODBYE_PROVIDER_LINK: Final = t("Log out of the login service")
LOGIN_FAILURES: Final[dict[str, Text]] = {
    "cancelled": t("You did not log in. You can try again."),
    "unreachable": t("The login service does not answer. Please try again in a while, or phone us."),
    "not_believed": t("The login could not be checked. Please begin again."),
    "too_weak": t("This way of logging in is not secure enough. Please choose BankID, Buypass or Commfides."),
    "unknown": t("Nobody here is known by this login. Staff: ask the coordinating unit to register it."),
    "not_asked": t("The login service did not ask you anew. Log out there, and try once more."),
    "old": t("This login is too old, or it was begun in another window. Please begin again."),
}

# Conversations
BEGIN: Final = t("Begin")
ANSWER: Final = t("Next")
BACK: Final = t("Back")
CANCEL: Final = t("Cancel")
CHANGE: Final = t("Change the answer")
SUMMARY_RIGHT: Final = t("Yes, this is right")
YES: Final = t("Yes")
NO: Final = t("No")
YOUR_ANSWERS: Final = t("Your answers so far")
CHOOSE_SEVERAL: Final = t("You can choose several.")
CHOOSE_ONE_FIRST: Final = t("Choose one of the answers.")
CHOOSE_SOME_FIRST: Final = t("Choose at least one of the answers.")
DATE_HINT: Final = t("For example 24.12.2027.")
TIME_HINT: Final = t("For example 14.30.")
ERROR_TITLE: Final = t("There is something to mend")
ERROR_PREFIX: Final = t("Error:")
MOVED: Final = t("Something has changed meanwhile. Please look again.")
LOOK_AGAIN: Final = t("Look again")
WHAT_NOW: Final = t("What would you like to do?")
IDENTITY_NUMBER: Final = t(
    "Your text held a national identity number. We have removed it and not kept it. Read through the rest and send again."
)
NOT_LOGGED_IN_END: Final = t("You have not logged in. We contact you to confirm who you are before we tell you anything about the case.")
FLASHES: Final[dict[str, Text]] = {
    "gone": t("This had already been answered, or it has changed. Here is where it stands now."),
    "kept": t("Stopped. Nothing was sent. You can go on later, or delete it."),
    "stopped": t("Stopped. Nothing was sent."),
    "saved": t("Stopped. What you had saved is kept."),
    "deleted": t("Deleted. Nothing was sent."),
    "done": t("It is noted."),
    "language": t("Good. From now on I write like this."),
    "code_used": t("The code works. Now you see your case here."),
    "logged_in": t("You are logged in."),
}

# My page
GO_ON_TITLE: Final = t("Go on where you left off")
DELETE_DRAFT: Final = t("Delete it")
MY_CASES: Final = t("My cases")
NO_CASES: Final = t("You have no case here.")
UNREAD_TITLE: Final = t("New messages")
ALL_MESSAGES: Final = t("All messages")
NO_MESSAGES: Final = t("You have no messages.")
NO_LONGER_KEPT: Final = t("The words of this message are no longer kept.")
OTHER_ANSWERS: Final = t("Other answers")
MARK_READ: Final = t("I have read this")
STORED: Final = t("What is stored about me")
OPEN_CASE: Final = t("Open the case")
HISTORY: Final = t("What has happened, and decisions")

# What is stored
STORED_LEAD: Final = t("Here you see what Samråd has stored about you, and who has looked at it.")
STORED_NAME: Final = t("Name")
STORED_PHONE: Final = t("Phone number")
STORED_LANGUAGE: Final = t("Language")
STORED_CHAT: Final = t("Chat in Telegram")
STORED_SINCE: Final = t("Known here since")
NOT_STORED: Final = t("Not stored")
CHATS: Final[dict[str, Text]] = {
    "confirmed": t("Connected, and confirmed by login"),
    "connected": t("Connected"),
    "none": t("Not connected"),
}
WHO_LOOKED: Final = t("Who has looked at your case")
NOBODY_LOOKED: Final = t("Nobody has opened your case yet.")
WHEN: Final = t("When")
CASE: Final = t("Case")
WHO: Final = t("Who")
WHAT: Final = t("What")
STORED_KINDS: Final = t("This is stored:")
STORED_ALL: Final = t("Get all of it")
STORED_READ: Final = t("Read all of it here")
STORED_PDF: Final = t("A file to read and keep (PDF)")
STORED_JSON: Final = t("A file for other programs (JSON)")
STORED_CHANGE: Final = t("Correct or delete something")
STORED_CHANGE_LEAD: Final = t("Is something wrong, or do you want something deleted? Tell us here.")
NO_NATIONAL_NUMBER: Final = t("We never store your national identity number.")

# The link from the chat
HAND_OVER_TITLE: Final = t("Go on from the chat")
HAND_OVER: Final = t("You come from the chat. Press the button to go on here.")
HAND_OVER_OLD: Final = t("This link is too old, or it has been used. Go back to the chat and press the button again.")

# Inside Telegram
MINI_APP_TITLE: Final = t("The secure page, from Telegram")
MINI_APP_LEAD: Final = t("Press the button to go on here. You see only what is general, until you log in.")
MINI_APP_OUTSIDE: Final = t("You can open the page in your own browser instead. Then Telegram is not in between.")
MINI_APP_OPEN: Final = t("Open in my browser")
MINI_APP_REFUSED: Final = t("This did not work. Close the window, and open it again from Telegram.")

# What must be said about the page
PRIVACY_TEXTS: Final = (
    t("We store what you answer, so that we can help you."),
    t("Only those who work with your case can read it. Every time somebody opens it is recorded, and you can see it."),
    t("What you write is stored encrypted."),
    NO_NATIONAL_NUMBER,
    t("You are logged out after 30 minutes without use. Use your own device, or log out when you are done."),
    t("This page uses cookies only for the login and the language. Nobody follows what you do here."),
    t("You can ask us to correct or delete what is wrong."),
)

# The code from the coordinating unit
CODE_TITLE: Final = t("I have a code from the municipality")
CODE_LABEL: Final = t("Write the code you got from us")
CODE_REFUSED: Final = t("The code did not work. It may be too old or used. Ask us for a new one.")

# Errors
ERRORS: Final[dict[int, tuple[Text, Text]]] = {
    403: (t("This form is too old"), t("Go back, load the page again, and try once more. Nothing was changed.")),
    404: (t("There is nothing here for you"), t("The address may be wrong, or this is not yours to see. Go to the start page.")),
    405: (t("This cannot be done here"), t("Go to the start page and begin from there.")),
    413: (t("This is too long"), t("Go back and write less. Nothing was changed.")),
    415: (t("This cannot be read"), t("Nothing can be uploaded here. Go back and write instead.")),
    421: (t("Wrong address"), t("Use the address that the municipality has given you.")),
    429: (t("A little too fast"), t("Please wait a minute, and try again. What you have answered is kept.")),
    500: (t("Something went wrong on our side"), t("What you answered before is kept. Please try again in a while, or phone us.")),
}

LANGUAGES: Final[dict[Language, Text]] = {language: LANGUAGE_NAMES[language] for language in Language}


def phone_us(municipality: str, phone: str) -> Text:
    """Whom to phone."""
    return t("You can always phone {municipality} on {phone}.", municipality=municipality, phone=phone)


def at_most(most: int) -> Text:
    """How much can be written."""
    return t("At most {most} characters.", most=most)


def go_on(title: Text) -> Text:
    """A button to what was left half way."""
    return t("Go on: {title}", title=title)


def unread(count: int) -> Text:
    """The way to the messages, with how many are new."""
    return t("Messages ({count} new)", count=count) if count else MESSAGES


def older(count: int) -> Text:
    """The door to new messages that are not the newest."""
    return nt("{n} older message", "{n} older messages", count)


def welcome(municipality: str) -> Text:
    """Whose page this is."""
    return t("This is the secure page of {municipality}.", municipality=municipality)


def moment(at: datetime) -> Text:
    """A moment as people read it."""
    return t("{moment}", moment=at)


def case(number: int) -> Text:
    """A case by its number."""
    return t("Case {number}", number=str(number))


def received(day: date) -> Text:
    """When it came in."""
    return t("Received {day}", day=day)


def kind_line(kind: Text, number: int, since: date | None) -> Text:
    """A kind of data: how much, and since when."""
    if since is None:
        return t("{kind}: {number}", kind=kind, number=number)
    return t("{kind}: {number}, since {day}", kind=kind, number=number, day=since)
