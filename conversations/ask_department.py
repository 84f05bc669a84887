"""Step 3: a department is asked to name a coordinator.

Requirement rows: C06 (a department that is already involved), C10 (every department's leader), S08 (who has the main responsibility),
N09 (the unit decides the department, the department names the person). Sources: Lund §§ 6, 11.1.3 and 11.2.8; Ringerike, KE og samarbeid.
"""

from bot.domain.cases import LadderStep
from bot.domain.commands import Propose
from bot.domain.phone_numbers import readable
from bot.domain.queries import CaseView, Me, TheProfile
from bot.domain.rules import Profile
from bot.domain.staff_queries import DepartmentLine, Departments
from bot.engine.ask import Ask
from bot.engine.questions import Sensitivity
from bot.engine.texts import Language, joined, nt, t, verbatim
from conversations.ladder import ask_criteria
from conversations.picking import Line, pick
from conversations.staff_words import shortened


async def ask_department(ask: Ask, view: CaseView) -> None:
    """Choose the department, say why, and ask its leader."""
    profile = await ask.look(TheProfile())
    me = await ask.look(Me())
    departments = await ask.look(Departments(view.case))
    if not departments:
        await ask.say(t("No department is registered. Ask your administrator to add one."), sensitivity=Sensitivity.NEUTRAL)
        return
    ordered = sorted(departments, key=lambda each: not each.involved)
    lines = [department_line(each, profile, me.language) for each in ordered]
    chosen = await pick(ask.under("which"), t("Which department shall name someone?"), lines, sensitivity=Sensitivity.PERSONAL)
    department = next(each for each in departments if each.department == chosen)
    if department.leader is None:
        await ask.say(
            t("No leader is registered for this department. Phone them, or ask another department."), sensitivity=Sensitivity.PERSONAL
        )
        return
    ask = ask.under(chosen)
    criteria, reason = await ask_criteria(ask)
    known = profile.department(chosen)
    await ask.summary("send", t("Shall we ask {name}?", name=known.name.text(me.language) if known else chosen))
    await ask.do(
        "propose",
        Propose(
            case=view.case,
            step=LadderStep.ASKED_DEPARTMENT,
            candidate=None,
            department=department.department,
            reason=reason,
            criteria=criteria,
        ),
    )
    await ask.say(
        nt(
            "The leader is asked and has {n} working day to answer. You keep the case until someone has said yes.",
            "The leader is asked and has {n} working days to answer. You keep the case until someone has said yes.",
            profile.deadlines.leader_answer_working_days,
        ),
        sensitivity=Sensitivity.PERSONAL,
    )


def department_line(line: DepartmentLine, profile: Profile, language: Language) -> Line:
    """A department with its leader, whether it has the main responsibility, and whether it already helps the person."""
    known = profile.department(line.department)
    name = known.name.in_language(language) if known else line.department
    facts = [t("leader {name}", name=line.leader_name) if line.leader_name else t("no leader registered")]
    if line.leader_phone:
        facts.append(t("phone {phone}", phone=readable(line.leader_phone)))
    if known:
        facts.append(t("main responsibility for the task") if known.health_and_care else t("takes part"))
    if line.involved:
        facts.append(t("already helps the person"))
    return Line(
        value=line.department,
        button=verbatim(shortened(name, 34)),
        details=t("{name}: {facts}", name=name, facts=joined(*facts, by=", ")),
    )
