"""All poses: the shipped ones and the person's own, each in a TOML file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from stretchplayer.errors import StorageError
from stretchplayer.figure.pose import Pose
from stretchplayer.i18n import _
from stretchplayer.storage import messages
from stretchplayer.storage.assets import asset_dir
from stretchplayer.storage.poses.pose_file import name_of_file, read_pose
from stretchplayer.storage.toml_file import files_in

OWN_DIR: Final = "poses"
"""The folder in the data directory that holds the person's own pose files."""


class PoseFiles:
    """Reads pose files; unusable ones don't affect the others."""

    def __init__(self, data_dir: Path, shipped_dir: Path | None = None) -> None:
        self._shipped_dir = shipped_dir or asset_dir("poses")
        self._own_dir = data_dir / OWN_DIR
        self._problems: list[str] = []

    @property
    def problems(self) -> Sequence[str]:
        """Sentences for the person about files that the last `poses` could not use."""
        return tuple(self._problems)

    def poses(self) -> Mapping[str, Pose]:
        """Read all files anew and return the usable poses by their names, shipped ones first."""
        self._problems = []
        found: dict[str, Pose] = {}
        files: dict[str, Path] = {}
        for path in files_in((self._shipped_dir, self._own_dir), self._problems):
            name = name_of_file(path)
            if name in found:
                self._problems.append(
                    _('{path} would be a second pose "{name}"; rename the file.').format(
                        path=messages.shown(path), name=name
                    )
                )
                continue
            try:
                found[name], files[name] = read_pose(path), path
            except StorageError as error:
                self._problems.append(str(error))
        return {name: self._with_known_way(pose, files[name], found) for name, pose in found.items()}

    def _with_known_way(self, pose: Pose, path: Path, found: Mapping[str, Pose]) -> Pose:
        """Ignore missing poses that this one comes from or passes through."""
        for key, other in (("comes_from", pose.comes_from), ("via", pose.via)):
            if other is not None and other not in found:
                self._problems.append(
                    _("{path}: {key} is {other}, which is no pose; name one of {found}.").format(
                        path=messages.shown(path),
                        key=messages.quoted(key),
                        other=messages.quoted(other),
                        found=", ".join(sorted(found)),
                    )
                )
                pose = replace(pose, via=None) if key == "via" else replace(pose, comes_from=None, via=None)
        return pose
