"""What a municipality sets itself about evaluation, follow-up and complaints.

Here: frozen values and nothing else. Not here: the law's own time limits (`bot.domain.law`), nor the rest of the profile
(`bot.domain.rules`). Guarantee: what handbooks answer differently is a value in this tree; each value's source stands beside it in
`profiles/*.toml`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class EvaluationRules:
    """When it is asked how things are going. Days are calendar days.

    `without_date_days`: so long after a coordinator said yes, a day for the evaluation must be agreed (L02). `nudge_days`: so long before
    that day both are reminded. `after_each_meeting`: the person is asked after each meeting of the group as well (L03).
    `follow_up_days`: so long after a coordinator said yes the person is asked whether anybody has been in touch. `change_working_days`:
    by then something is done about each bad answer (L05). `complaint_working_days`: by then a complaint about a coordinator is answered.
    """

    without_date_days: int
    nudge_days: int
    after_each_meeting: bool
    follow_up_days: tuple[int, ...]
    change_working_days: int
    complaint_working_days: int
