"""Takes the place of PyInstaller's module of this name, which at every start loads `ctypes` in order to change it.

It would let `ctypes` find libraries of the bundle by their names. On Linux this program asks it for the C library only.
"""


def install() -> None:
    """Leave `ctypes` as it is."""
