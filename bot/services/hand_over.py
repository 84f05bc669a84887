"""From the chat to the secure page, in the middle of a conversation.

Here: redeeming the link. Not here: issuing it (`bot.services.sending`, the only place that makes one) and the page (`bot.web`).
Guarantees: a link works once, for five minutes, for the person and the conversation it was made for; it is redeemed by a press on the page,
never by opening it, since chats fetch links for previews; what it opens is that conversation and nothing else of the person's.
"""

from bot.services import turns
from bot.services.municipality import Context
from bot.store import hand_overs, sessions
from bot.store.hand_overs import HandOver


def redeem(context: Context, code: str) -> HandOver | None:
    """Use a link: who comes, and the conversation that goes on, opened again; None for unknown, used and expired alike.

    `context` is the browser's own. `session` is None where the conversation has ended meanwhile: then there is nothing to go on with.
    """
    found = hand_overs.use(context.tx, code)
    if found is None:
        return None
    session = None if found.session is None else sessions.find(context.tx, found.session)
    if session is None or session.person != found.person or session.state not in {"open", "parked"}:
        return HandOver(person=found.person, account=found.account, session=None)
    other = sessions.open_of(context.tx, found.person)
    if other is not None and other.id != session.id:
        turns.park(context, other)
    sessions.set_state(context.tx, session.id, "open")
    return found
