"""The commands about routines."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import time
from pathlib import Path

from stretchplayer.cli.options import chosen_routine, played_timelines, saved_settings
from stretchplayer.cli.output import ExitCode, clock, print_bytes, print_errors, print_json, print_lines
from stretchplayer.desktop.clock import system_now
from stretchplayer.i18n import _, ngettext
from stretchplayer.player.status import phase_as_data
from stretchplayer.routine import phrases
from stretchplayer.routine.timeline import Phase, Timeline
from stretchplayer.storage.calendar_file import calendar_of, write_calendar
from stretchplayer.storage.directories import find_data_dir
from stretchplayer.storage.doses import DoseFile
from stretchplayer.storage.routines.offered_routine import find_offered
from stretchplayer.storage.routines.routine_folder import RoutineFiles
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


def routines(arguments: Namespace) -> int:
    data_dir = find_data_dir(arguments.data_dir)
    store = RoutineFiles(data_dir)
    timeline_of = played_timelines(data_dir, saved_settings(data_dir))
    found = list(map(timeline_of, store.routines()))
    if arguments.json:
        print_json([routine_as_data(timeline) for timeline in found])
    else:
        width = max((len(each.routine.id) for each in found), default=0)
        print_lines(f"{each.routine.id:{width}}  {each.routine.title}, {extent(each)}" for each in found)
    print_errors(store.problems)
    return ExitCode.DONE


def calendar(arguments: Namespace) -> int:
    system_now()  # settles which time zone can be used
    data_dir = find_data_dir(arguments.data_dir)
    settings = saved_settings(data_dir)
    routines_ = RoutineFiles(data_dir)
    timeline_of = played_timelines(data_dir, settings)
    chosen = routines_.find(arguments.routine) if arguments.routine else None

    def timeline_at(at: time) -> Timeline:
        routine = chosen or find_offered(routines_, settings.routine_at(at), lambda why: print_errors([why]))
        return timeline_of(routine)

    if arguments.file == "-":
        print_bytes(calendar_of(settings.reminders, timeline_at))
    else:
        write_calendar(Path(arguments.file), settings.reminders, timeline_at)
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


def routine_as_data(timeline: Timeline) -> dict[str, object]:
    routine = timeline.routine
    return {
        "id": routine.id,
        "title": routine.title,
        "description": routine.description,
        "stretches": len(routine.played),
        "total_ms": timeline.total_ms,
        "equipment": routine.equipment,
    }


def extent(timeline: Timeline) -> str:
    """The size of a routine: "3 exercises, about 7 minutes"."""
    exercises = len(timeline.routine.played)
    minutes = round(timeline.total_ms / 60_000)
    lasting = ngettext("about {n} minute", "about {n} minutes", minutes) if minutes else _("less than a minute")
    counted = ngettext("{n} exercise", "{n} exercises", exercises)
    return f"{counted.format(n=exercises)}, {lasting.format(n=minutes)}"
