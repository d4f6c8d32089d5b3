"""The estimate of how long a request that is turned away should stay away."""

from app.scheduling.backlog import Backlog


def test_an_idle_service_has_a_place_in_a_second() -> None:
    assert Backlog(workers=1).seconds_until_place("newcomer") == 1


def test_twice_the_text_takes_twice_as_long() -> None:
    waits = []
    for characters in (1000, 2000):
        backlog = Backlog(workers=1)
        backlog.begin("request", characters)
        waits.append(backlog.seconds_until_place("newcomer"))
    assert waits[1] == 2 * waits[0] > 2


def test_requests_that_take_turns_end_late_and_the_shortest_first() -> None:
    alone, shared = Backlog(workers=1), Backlog(workers=1)
    alone.begin("short", 1000)
    shared.begin("short", 1000)
    shared.begin("long", 5000)
    shared.begin("newcomer", 10)
    wait = alone.seconds_until_place("newcomer")
    assert shared.seconds_until_place("newcomer") == 2 * wait


def test_work_that_is_done_is_not_waited_for() -> None:
    backlog = Backlog(workers=1)
    backlog.begin("request", 1000)
    before = backlog.seconds_until_place("newcomer")
    backlog.add("request", before - 5)
    assert backlog.seconds_until_place("newcomer") == 5


def test_it_learns_how_long_a_character_takes_from_requests_that_finished() -> None:
    slow, quick = Backlog(workers=1), Backlog(workers=1)
    for backlog, seconds in ((slow, 100.0), (quick, 0.1)):
        for number in range(20):
            backlog.begin(number, 100)
            backlog.add(number, seconds)
            backlog.end(number, is_finished=True)
        backlog.begin("next", 100)
    assert slow.seconds_until_place("newcomer") > 50
    assert quick.seconds_until_place("newcomer") == 1


def test_it_learns_nothing_from_requests_that_broke_off() -> None:
    backlog = Backlog(workers=1)
    backlog.begin("gone", 100)
    backlog.add("gone", 1000.0)
    backlog.end("gone", is_finished=False)
    backlog.begin("next", 100)
    assert backlog.seconds_until_place("newcomer") < 10
