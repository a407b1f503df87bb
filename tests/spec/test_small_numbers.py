"""Methods handbook: which small numbers are withheld, and why some large ones with them?"""

from __future__ import annotations

from goldthread.evidence.disclosure import Reason, attack, protect, rule_for, view_of

title = "Small numbers"
question = "Which small numbers are withheld, and why some large ones with them?"

# Ambulance calls to assaults in a quarter, by ward and by place.
#
#              in the street   at home   total
#   Harbour          2            14        16
#   Marsh            9            11        20
#   Quay            12             8        20
#   total           23            33        56
CALLS = [[2, 14, 16], [9, 11, 20], [12, 8, 20], [23, 33, 56]]
HOW = {"total_row": True, "sums": [(2, (0, 1))]}

# What a member reads. The 2 alone would not do: 16 − 14 and 23 − 9 − 12 both give it away.
#
#              in the street   at home   total
#   Harbour        [c]           [c]       16
#   Marsh          [c]           [c]       20
#   Quay            12             8       20
#   total           23            33       56


def test_a_count_of_one_to_four_is_withheld_and_the_corners_of_a_rectangle_with_it():
    shown = protect(CALLS, rule_for("member"), **HOW)
    assert shown.withheld.reasons[0][0] is Reason.PRIMARY
    assert len(shown.withheld.cells) == 4
    assert [row[2] for row in shown.shown] == [16, 20, 20, 56]


def test_a_reader_can_then_say_no_more_than_that_it_is_one_to_ten_or_so():
    shown = protect(CALLS, rule_for("member"), **HOW)
    [low, high] = attack(view_of(shown, CALLS, **HOW))[0]
    assert low == 1
    assert high >= 5


def test_every_withheld_cell_is_printed_alike_so_that_nobody_can_tell_which_is_small():
    assert rule_for("member").mark == rule_for("public").mark == "[c]"


def test_the_public_reads_the_rest_to_the_nearest_five_and_the_same_cells_are_withheld():
    member, public = (protect(CALLS, rule_for(edition), **HOW) for edition in ("member", "public"))
    assert public.withheld == member.withheld
    assert [row[2] for row in public.shown] == [15, 20, 20, 55]


def test_the_analyst_reads_every_count_with_the_small_one_marked():
    shown = protect(CALLS, rule_for("analyst"), **HOW)
    assert [list(row) for row in shown.shown] == CALLS
    assert shown.marked == {(0, 0)}
