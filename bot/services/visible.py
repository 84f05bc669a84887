"""What a member of a circle may see at this moment.

Here: the rule as it holds now. Not here: telling them, and holding back what no longer may be read (`bot.services.circle`). Guarantee: a
member sees what was set for them and what a consent in force names, never one alone.
"""

from typing import Final

from bot.domain.access import Action, Role, may
from bot.domain.circle import Member, MemberState, visible
from bot.domain.consent import InfoKind
from bot.domain.ids import CaseId, PersonId
from bot.services import consents
from bot.services.municipality import Context
from bot.store import cases, members

NOBODY: Final = PersonId(0)
"""Samråd itself, where a context is needed and nobody acts."""
ASKED: Final = frozenset({MemberState.INVITED, MemberState.JOINED})


def sees_now(context: Context, member: Member) -> frozenset[InfoKind]:
    """What a member may see now, or may see as soon as they are asked: set for them, and named by a consent in force (E04 to E06)."""
    if not may(Action.SEE_AS_MEMBER, frozenset({Role.MEMBER}), cases.get(context.tx, member.case).state):
        return frozenset()
    return visible(member.sees, consents.covers(context, member.case, member.id))


def may_see(context: Context, case: CaseId, person: PersonId) -> frozenset[InfoKind]:
    """What somebody may see as a member of this case's circle now; nothing for whoever is not of it, or not asked yet."""
    member = members.in_circle(context.tx, case, person)
    return sees_now(context, member) if member is not None and member.state in ASKED else frozenset()
