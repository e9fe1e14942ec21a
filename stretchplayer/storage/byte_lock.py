"""A lock on one byte of a file, which need not be there: the system lets go of it with the process, however that ends.

On POSIX systems it is also let go of when the process closes any of its ways to the file.
"""

import os
import sys

if sys.platform == "win32":
    import msvcrt

    def lock_byte(descriptor: int, at: int) -> None:
        """Lock it; BlockingIOError when another process has, OSError where the system can't."""
        os.lseek(descriptor, at, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error

    def unlock_byte(descriptor: int, at: int) -> None:
        """Let go of it."""
        os.lseek(descriptor, at, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock_byte(descriptor: int, at: int) -> None:
        """Lock it; BlockingIOError when another process has, OSError where the system can't."""
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, at)
        except PermissionError as error:  # some systems say EACCES
            raise BlockingIOError from error

    def unlock_byte(descriptor: int, at: int) -> None:
        """Let go of it."""
        fcntl.lockf(descriptor, fcntl.LOCK_UN, 1, at)
