"""All poses: the shipped ones and the person's own, each in a TOML file."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.storage import messages
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses.pose_file import name_of_file, read_pose
from stretchplayer.storage.toml_file import read_each

OWN_DIR: Final = "poses"


class PoseFiles:
    """Reads pose files; unusable ones don't affect the others."""

    def __init__(self, data_dir: Path, shipped_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir or asset_dir("poses")
        self._own_dir = data_dir / OWN_DIR
        self.problems: list[str] = []
        """Sentences for the person about files that the last `poses` could not use."""

    def poses(self) -> Mapping[str, Pose]:
        """Read all files anew and return the usable poses by their names, shipped ones first."""
        self.problems = []
        found = read_each(
            (self._shipped_dir, self._own_dir),
            self.problems,
            name_of=name_of_file,
            read=read_pose,
            twice=_('{path}: there is already a pose "{name}"; rename the file.'),
        )
        return {name: self._with_known_way(pose, path, found.keys()) for name, (path, pose) in found.items()}

    def _with_known_way(self, pose: Pose, path: Path, found: Collection[str]) -> Pose:
        """Ignore missing poses that this one comes from or passes through."""
        for key, other in (("comes_from", pose.comes_from), ("via", pose.via)):
            if other is not None and other not in found:
                unknown = _("{path}: {key} is {other}, which is not a pose; use one of {found}.")
                file, names = messages.shown(path), ", ".join(sorted(found))
                quoted = {"key": messages.quoted(key), "other": messages.quoted(other)}
                self.problems.append(unknown.format(path=file, found=names, **quoted))
                pose = replace(pose, via=None) if key == "via" else replace(pose, comes_from=None, via=None)
        return pose
