"""The player core: a statechart and a session that plays a timeline. QtCore and QtStateMachine only."""
