"""The gate: a figure below its floor fails, and no floor sinks by accident."""

from tests.eval.gate import Figure, moved, report

RIGHT = Figure("right", "corpus", "right.F1", must=80)
DENSITY = Figure("events per gold event", "corpus", "density", must=1.5, most=True)


def test_a_figure_below_its_floor_fails_and_one_at_it_does_not():
    assert report([RIGHT], {RIGHT.title: 79.9}, {RIGHT.title: 80.0}) == [RIGHT.title]
    assert report([RIGHT], {RIGHT.title: 80.0}, {RIGHT.title: 80.0}) == []


def test_of_a_figure_that_should_be_small_the_floor_is_a_ceiling():
    assert report([DENSITY], {DENSITY.title: 1.6}, {DENSITY.title: 1.5}) == [DENSITY.title]
    assert report([DENSITY], {DENSITY.title: 1.4}, {DENSITY.title: 1.5}) == []


def test_a_figure_without_a_floor_fails():
    assert report([RIGHT], {RIGHT.title: 99.0}, {}) == [RIGHT.title]


def test_the_table_shows_the_peer_our_figure_the_goal_and_what_is_short(capsys):
    report([RIGHT._replace(peer=66.1, of="Peer")], {RIGHT.title: 75.5}, {RIGHT.title: 75.0})
    row = capsys.readouterr().out.splitlines()[1].split()
    assert row == ["corpus", "right", "66.1", "75.50", "80.0", "75.0", "Peer", "short"]


def test_raising_lifts_a_floor_to_the_figure_rounded_to_the_safe_side():
    values = {RIGHT.title: 81.27, DENSITY.title: 1.418}
    floors = {RIGHT.title: 80.0, DENSITY.title: 1.6}
    assert moved([RIGHT, DENSITY], values, floors, lower=False) == {
        RIGHT.title: 81.2,
        DENSITY.title: 1.42,
    }


def test_raising_never_lowers_a_floor():
    values = {RIGHT.title: 70.0, DENSITY.title: 2.0}
    floors = {RIGHT.title: 80.0, DENSITY.title: 1.5}
    assert moved([RIGHT, DENSITY], values, floors, lower=False) == floors


def test_lowering_takes_its_own_flag():
    assert moved([RIGHT], {RIGHT.title: 70.0}, {RIGHT.title: 80.0}, lower=True) == {
        RIGHT.title: 70.0
    }
