"""A person's own chat: what may come there, and ending it.

Here: what people choose for their chats, and what KE must choose for them. Guarantees: a choice only ever makes a person's level stricter
than the municipality's, or takes that back; ending the chat works at once, and KE is told to use another way.
"""

from bot.domain.access import Action
from bot.domain.channel import AllowPractical, ChannelView, Mute, MyChannel, Protect, Unlink
from bot.domain.choices import PrivacyLevel
from bot.domain.commands import StopChannel
from bot.domain.privacy import Reader, level_for
from bot.services import desk, notices
from bot.services.municipality import Context
from bot.store import audit, cases, channels, outbox, people


def mine(context: Context, _query: MyChannel) -> ChannelView:
    """What the one who talks has chosen."""
    tx, person = context.tx, people.person(context.tx, context.actor)
    found = channels.of(tx, person.id)
    reader = Reader(
        staff=bool(person.roles & notices.STAFF), agreed=True, child=channels.child(tx, person.id), protected=found.protected, own=found.own
    )
    offered = level_for(context.municipality.level, reader) is PrivacyLevel.PRACTICAL
    return ChannelView(chat=person.account is not None, offered=offered, agreed=found.practical, muted=found.muted)


def allow_practical(context: Context, command: AllowPractical) -> None:
    """Times and places here, or not."""
    context.require(Action.OWN_SETTINGS)
    channels.allow_practical(context.tx, context.actor, command.yes)
    audit.record(context.tx, "channel.practical", actor=context.actor, yes=command.yes)


def mute(context: Context, command: Mute) -> None:
    """Without a sound, or with one."""
    context.require(Action.OWN_SETTINGS)
    channels.mute(context.tx, context.actor, command.yes)


def stop(context: Context, _command: StopChannel) -> None:
    """Nothing more is sent to the person's chats; what waited does not leave any more."""
    context.require(Action.OWN_SETTINGS)
    stopped = [account for account in channels.accounts(context.tx, context.actor) if people.stop_account(context.tx, account)]
    for account in stopped:
        outbox.withdraw(context.tx, account)
    if stopped:
        desk.reach_otherwise(context, context.actor)
        audit.record(context.tx, "channel.stopped", actor=context.actor)


def unlink(context: Context, _command: Unlink) -> None:
    """The person's chats no longer speak for them: each speaks for somebody new, of whom nothing is known."""
    context.require(Action.OWN_SETTINGS)
    tx, language = context.tx, people.person(context.tx, context.actor).language
    unlinked = channels.accounts(tx, context.actor)
    for account in unlinked:
        outbox.withdraw(tx, account)
        channels.unlink(tx, account, people.create(tx, language=language))
    if unlinked:
        desk.reach_otherwise(context, context.actor)
        audit.record(tx, "link.ended", actor=context.actor)


def protect(context: Context, command: Protect) -> None:
    """KE: everybody who is a party in the case gets neutral words only, whatever they had chosen."""
    context.require(Action.SEE_INBOX)
    for who in sorted({person for person, _ in cases.parties(context.tx, command.case)}):
        channels.protect(context.tx, who, command.yes)
    audit.record(context.tx, "channel.protected", actor=context.actor, case=command.case, yes=command.yes)
