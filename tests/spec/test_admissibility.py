"""Methods handbook: what can the data bear?"""

from __future__ import annotations

import pytest

from goldthread.analysis.admissibility import METHODS, PERSON, PLACE, TIME, Resolution, may_ask, refused

title = "What the data can bear"
question = "May this method be asked of data that are known only so well?"

# Open police data give the month and a point that has been moved to a nearby street.
#
#   method               police.uk   police's own extract   ambulance, by LSOA
#   kernel density          yes             yes                   no
#   near repeats            no              yes                   no
#   hour of the week        no              yes                   yes
#   repeat victims          no              yes                   no

police_uk = Resolution("month", "snapped point")
extract = Resolution("minute", "address", "pseudonym")
ambulance = Resolution("minute", "lsoa")

answers = {
    "kernel density": (True, True, False),
    "near repeats": (False, True, False),
    "space-time scan": (False, True, True),
    "hour of the week": (False, True, True),
    "repeat victims": (False, True, False),
    "streets": (False, True, False),
    "aoristic": (False, True, True),
    "cells under 250 m": (False, True, False),
    "concentration": (True, True, True),
}


@pytest.mark.parametrize("method", answers)
def test_a_method_is_asked_only_of_data_that_can_bear_it(method):
    assert tuple(bool(may_ask(method, data)) for data in (police_uk, extract, ambulance)) == answers[method]


def test_a_refusal_says_what_is_needed_what_there_is_and_what_would_go_wrong():
    assert may_ask("near repeats", police_uk).reason == (
        "To say whether one is soon followed by another nearby, the day and the exact point of each are needed; "
        "these data have only the month and a point moved to a nearby street, shared with its neighbours: "
        "events at opposite ends of a month look simultaneous and neighbours share a point, "
        "so what looks like one address is a street or more."
    )


def test_open_police_data_bear_no_claim_about_streets_hours_addresses_or_people():
    assert set(refused(police_uk)) == {
        "cells under 250 m",
        "streets",
        "repeat places",
        "near repeats",
        "space-time scan",
        "repeat victims",
        "time to repeat",
        "hour of the week",
        "aoristic",
        "day of the week",
    }


def test_the_best_data_are_refused_nothing_and_the_least_nearly_everything():
    assert refused(extract) == {}
    assert "rates" not in refused(Resolution("year", "none"))
    assert {"trend", "small areas", "peers"} <= set(refused(Resolution("year", "none")))


@pytest.mark.parametrize("method", METHODS)
def test_every_need_is_a_word_a_feed_may_use_and_more_detail_never_hurts(method):
    needs = METHODS[method]

    assert may_ask(method, Resolution(needs.time, needs.place, needs.person))
    for time in TIME:
        for place in PLACE:
            for person in PERSON:
                better = (
                    list(TIME).index(time) >= list(TIME).index(needs.time)
                    and list(PLACE).index(place) >= list(PLACE).index(needs.place)
                    and list(PERSON).index(person) >= list(PERSON).index(needs.person)
                )
                ruling = may_ask(method, Resolution(time, place, person))
                assert bool(ruling) == better
                assert ruling.reason.endswith(".") != better


def test_data_used_together_bear_what_both_bear():
    assert extract.coarsest(police_uk) == police_uk
    assert ambulance.coarsest(police_uk) == Resolution("month", "lsoa")


def test_a_feeds_own_words_are_read():
    assert Resolution.of_feed({"time": "month", "place": "snapped point"}) == police_uk
    assert police_uk.snapped
    with pytest.raises(ValueError, match="“week” is not a resolution in time; use one of: year, quarter"):
        Resolution.of_feed({"time": "week", "place": "lsoa"})


def test_an_unknown_method_is_answered_with_the_nearest():
    with pytest.raises(ValueError, match="did you mean near repeats"):
        may_ask("near repeat", police_uk)
