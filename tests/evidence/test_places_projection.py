"""The National Grid as PROJ and the Ordnance Survey's own worked example have it."""

import numpy as np
import pytest

from goldthread.evidence.places.projection import _project, to_degrees, to_grid


@pytest.fixture(scope="module")
def anywhere():
    dice = np.random.default_rng(27700)
    return dice.uniform(-6.4, 1.8, 5000), dice.uniform(49.9, 55.9, 5000)


def test_the_grid_agrees_with_proj_to_a_tenth_of_a_metre(anywhere):
    pyproj = pytest.importorskip("pyproj")
    theirs = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step +proj=cart +ellps=WGS84 "
        "+step +inv +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
        "+convention=position_vector +step +inv +proj=cart +ellps=airy "
        "+step +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy"
    )
    x, y = theirs.transform(*anywhere)
    easting, northing = to_grid(*anywhere)
    assert np.abs(easting - x).max() < 0.1
    assert np.abs(northing - y).max() < 0.1


def test_there_and_back_again_ends_within_a_centimetre(anywhere):
    lon, lat = to_degrees(*to_grid(*anywhere))
    assert np.abs(lon - anywhere[0]).max() < 1e-7
    assert np.abs(lat - anywhere[1]).max() < 1e-7


def test_the_projection_gives_the_worked_example_of_the_ordnance_survey_to_the_millimetre():
    # A guide to coordinate systems in Great Britain, annex C: Caister water tower, latitude and longitude on Airy.
    lon = np.radians(1 + 43 / 60 + 4.5177 / 3600)
    lat = np.radians(52 + 39 / 60 + 27.2531 / 3600)
    easting, northing = _project(np.array(lon), np.array(lat))
    assert easting == pytest.approx(651_409.903, abs=0.001)
    assert northing == pytest.approx(313_177.270, abs=0.001)


def test_gps_degrees_come_within_five_metres_of_the_ordnance_surveys_corrected_grid():
    # The same tower in WGS84, whose place by OSTN15 is published as 651409.804, 313177.450.
    easting, northing = to_grid(1.716073973, 52.658007833)
    assert np.hypot(easting - 651_409.804, northing - 313_177.450) < 5


def test_a_point_that_is_not_known_stays_unknown():
    easting, northing = to_grid([np.nan, -1.88], [50.72, 50.72])
    assert np.isnan(easting[0])
    assert np.isnan(northing[0])
    assert not np.isnan(easting[1])
