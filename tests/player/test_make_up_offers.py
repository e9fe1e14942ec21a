from stretchplayer.player.make_up_offers import MakeUpOffers


def test_taking_and_withdrawing_before_anything_was_offered_changes_nothing() -> None:
    offers = MakeUpOffers(None)
    offers.take()
    assert offers.withdraw(declined=True) is None
    assert offers.current is None
