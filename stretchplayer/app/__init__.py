"""The composition root: builds the parts, wires them, and shuts them down in reverse order.

Only this package names concrete classes of more than one package. `main` finds out which front end is to run:
`program`, with its window or in the background, or `terminal`. `playback` is what they share.
"""
