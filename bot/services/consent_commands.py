"""Which function carries out which command about sharing.

Here: the table. Not here: what they do.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.domain.consent_commands import (
    AskConsent,
    EndObjection,
    ObjectToSharing,
    PrepareAnswer,
    RecallConsent,
    RecordConsent,
    SignConsent,
    StopSharing,
)
from bot.engine.ask import Command
from bot.services import consent_answering, consent_asking, consent_recording, consent_stopping, objections
from bot.services.municipality import Context

HANDLERS: Final[Mapping[type[Command[object]], Callable[[Context, Any], object]]] = {
    AskConsent: consent_asking.ask,
    RecallConsent: consent_asking.recall,
    PrepareAnswer: consent_answering.prepare,
    SignConsent: consent_answering.sign,
    RecordConsent: consent_recording.record,
    StopSharing: consent_stopping.stop,
    ObjectToSharing: objections.object_to_sharing,
    EndObjection: objections.end,
}
