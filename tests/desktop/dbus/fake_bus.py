"""A bus in memory, with services that answer what they are told to."""

from collections.abc import Callable

from stretchplayer.desktop.dbus.bus import PROPERTIES, Address, Answer, Body, Bus, Call, Reply
from stretchplayer.desktop.dbus.logind import MANAGER, SERVICE


class FakeBus(Bus):
    """Who isn't there answers None; `slow` answers only when `deliver` is called."""

    def __init__(self) -> None:
        self.slow = False
        self.taken: set[str] = set()
        """Names that other programs own."""
        self.calls: list[tuple[str, Body]] = []
        """Every call's method, "Get" with the property's name, and what came with it."""
        self.told: list[tuple[str, Body]] = []
        """Every signal of ours."""
        self.owned: set[str] = set()
        self.objects: dict[str, Callable[[Call], Reply]] = {}
        self.closed = False
        self._answers: dict[tuple[str, str], Body | None] = {}
        self._listeners: list[tuple[Address, str, Callable[[Body], None]]] = []
        self._followers: list[tuple[str, Callable[[str], None]]] = []
        self._owners: dict[str, str] = {}
        self._waiting: list[Callable[[], None]] = []

    # What tests do

    def answer(self, service: str, member: str, *body: object) -> None:
        """Let a method, or "Get:" and a property, be answered."""
        self._answers[service, member] = body

    def appear(self, service: str, owner: str = ":1.7") -> None:
        """Let the service come, or go with an `owner` of ""."""
        self._owners[service] = owner
        for name, callback in tuple(self._followers):
            if name == service:
                callback(owner)

    def signal(self, of: Address, member: str, *body: object) -> None:
        """Let a service send a signal."""
        for address, name, callback in tuple(self._listeners):
            if (address, name) == (of, member):
                callback(body)

    def deliver(self) -> None:
        """Let the answers come that were waited for."""
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

    def asked(self, member: str) -> list[Body]:
        """What came with every call of this method."""
        return [body for name, body in self.calls if name == member]

    # What the program does

    def call(
        self, to: Address, member: str, answer: Answer, *, signature: str = "", body: Body = (), start: bool = False
    ) -> None:
        """Write the call down, and answer it."""
        key = f"Get:{body[1]}" if to.interface == PROPERTIES else member
        self.calls.append((key, body))
        self._reply(lambda: answer(self._answers.get((to.service, key))))

    def subscribe(self, to: Address, member: str, callback: Callable[[Body], None]) -> None:
        """Keep it."""
        self._listeners.append((to, member, callback))

    def watch_name(self, service: str, callback: Callable[[str], None]) -> None:
        """Keep it, and tell of who is there."""
        self._followers.append((service, callback))
        self._reply(lambda: callback(self._owners.get(service, "")))

    def request_name(self, service: str, answer: Callable[[bool], None]) -> None:
        """Own it, unless it is taken."""
        did = service not in self.taken
        if did:
            self.owned.add(service)
        self._reply(lambda: answer(did))

    def release_name(self, service: str) -> None:
        """Own it no longer."""
        self.owned.discard(service)

    def export(self, path: str, handler: Callable[[Call], Reply]) -> None:
        """Keep it."""
        self.objects[path] = handler

    def unexport(self, path: str) -> None:
        """Forget it."""
        self.objects.pop(path, None)

    def emit_signal(self, path: str, interface: str, member: str, signature: str, body: Body) -> None:
        """Write it down."""
        self.told.append((member, body))

    def close(self) -> None:
        """Be closed."""
        self.closed = True

    def _reply(self, call: Callable[[], None]) -> None:
        if self.slow:
            self._waiting.append(call)
        else:
            call()


def put_up_logind(bus: FakeBus, *, locked: object = False, idle: object = False) -> None:
    """Something that answers as systemd-logind does."""
    bus.answer(SERVICE, "Get:Id", ("s", "7"))
    bus.answer(SERVICE, "GetSession", f"{MANAGER.path}/session/_37")
    bus.answer(SERVICE, "Get:LockedHint", ("b", locked))
    bus.answer(SERVICE, "Get:IdleHint", ("b", idle))
    bus.appear(SERVICE)
