"""The command that prints the timeline of a routine."""

from argparse import Namespace
from collections.abc import Iterable

from stretchplayer.cli.options import chosen_routine
from stretchplayer.cli.output import ExitCode, clock, print_json, print_lines
from stretchplayer.cli.timelines import played_timelines, saved_settings
from stretchplayer.i18n import _
from stretchplayer.player.status import phase_as_data
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.doses import DoseFile
from stretchplayer.ui.library.personal_routine import PersonalRoutine


def plan(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    routine = chosen_routine(arguments, data_dir)
    timeline = played_timelines(data_dir, saved_settings(data_dir))(routine)
    if arguments.json:
        print_json(plan_as_data(timeline))
    else:
        personal = PersonalRoutine(routine=routine, own=DoseFile(data_dir, routine.id).peek())
        print_lines(plan_as_lines(timeline, own_as_lines(personal)))
    return ExitCode.DONE


def plan_as_data(timeline: Timeline) -> dict[str, object]:
    """All phases and cues; the manual documents this shape."""
    return {
        "routine": timeline.routine.id,
        "total_ms": timeline.total_ms,
        "phases": [phase_as_data(phase) for phase in timeline.phases],
    }


def own_as_lines(personal: PersonalRoutine) -> Iterable[str]:
    """What the person does otherwise than the routine says."""
    own = [each for each in personal.exercises if each.differs]
    for template, left_out in ((_("Changed by you: {exercises}"), False), (_("Left out: {exercises}"), True)):
        titles = [each.exercise.title for each in own if each.dose.left_out is left_out]
        if titles:
            yield template.format(exercises=", ".join(titles))


def plan_as_lines(timeline: Timeline, own: Iterable[str] = ()) -> Iterable[str]:
    """`own` are lines about what is the person's own."""
    routine = timeline.routine
    yield f"{routine.title}, {clock(timeline.total_ms)}"
    if routine.equipment:
        yield _("At hand: {things}").format(things=", ".join(routine.equipment))
    yield from own
    yield ""
    start, takes, kind, side = _("start"), _("takes"), _("phase"), _("side")
    yield f"{start:>6}  {takes:>5}  {kind:12}  {side:5}  " + _("what to do")
    for phase in timeline.phases:
        yield _phase_as_line(phase)


def _phase_as_line(phase: Phase) -> str:
    start, takes, side = clock(phase.start_ms), clock(phase.duration_ms), phrases.side_label(phase.side)
    return f"{start:>6}  {takes:>5}  {phrases.phase_label(phase.kind):12}  {side:5}  {phase.text}"
