"""Longitude and latitude to metres on the British National Grid, and back.

Method: the Ordnance Survey's seven-parameter (Helmert) shift between WGS84 and OSGB36, then the transverse Mercator
projection by Krüger's series to the fifth power of the third flattening. Agrees with PROJ's own shift of the same
parameters to under a centimetre. Limits: the single shift is good to about five metres anywhere in Great Britain
against the Ordnance Survey's grid of corrections (OSTN15); it is for telling small areas and 250 m cells apart,
never for surveying. Source: Ordnance Survey, A guide to coordinate systems in Great Britain (annexes B and C);
Krüger's coefficients as in Karney (2011), Journal of Geodesy 85:475.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# Half axes in metres: of the ellipsoids of GPS (WGS84) and of the National Grid (Airy 1830).
_WGS84 = (6378137.0, 6356752.314245179)
_AIRY = (6377563.396, 6356256.909237285)

# From OSGB36 to WGS84: shifts in metres, turns in seconds of arc, scale in parts per million.
_SHIFT = np.array([446.448, -125.157, 542.06])
_TURN = np.radians(np.array([0.15, 0.247, 0.842]) / 3600)
_SCALE = -20.489e-6

# The grid: scale on the central meridian, true origin (49° N, 2° W) and its false coordinates.
_F0, _LATITUDE0, _LONGITUDE0, _EASTING0, _NORTHING0 = 0.9996012717, np.radians(49.0), np.radians(-2.0), 4e5, -1e5


def to_grid(longitude: ArrayLike, latitude: ArrayLike) -> tuple[Array, Array]:
    """Where on the National Grid are these WGS84 degrees? Eastings and northings in metres; NaN stays NaN."""
    lon, lat = np.radians(np.asarray(longitude, float)), np.radians(np.asarray(latitude, float))
    return _project(*_to_degrees_of(_AIRY, _unshift(_to_space(lon, lat, _WGS84))))


def to_degrees(easting: ArrayLike, northing: ArrayLike) -> tuple[Array, Array]:
    """What are the WGS84 longitude and latitude, in degrees, of these metres on the National Grid?"""
    lon, lat = _unproject(np.asarray(easting, float), np.asarray(northing, float))
    lon, lat = _to_degrees_of(_WGS84, _shift(_to_space(lon, lat, _AIRY)))
    return np.degrees(lon), np.degrees(lat)


def _to_space(lon: Array, lat: Array, axes: tuple[float, float]) -> tuple[Array, Array, Array]:
    """Angles on an ellipsoid, at height nought, as metres from the centre of the Earth."""
    a, b = axes
    e2 = 1 - (b / a) ** 2
    nu = a / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    return nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)


def _to_degrees_of(axes: tuple[float, float], space: tuple[Array, Array, Array]) -> tuple[Array, Array]:
    """Metres from the centre of the Earth as angles (radians) on an ellipsoid, by Bowring's formula."""
    (a, b), (x, y, z) = axes, space
    e2, p = 1 - (b / a) ** 2, np.hypot(x, y)
    reduced = np.arctan2(a * z, b * p)
    lat = np.arctan2(
        z + e2 * a * a / b * np.sin(reduced) ** 3,
        p - e2 * a * np.cos(reduced) ** 3,
    )
    return np.arctan2(y, x), lat


def _shift(space: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    (x, y, z), (rx, ry, rz), k = space, _TURN, 1 + _SCALE
    return (
        _SHIFT[0] + k * (x - rz * y + ry * z),
        _SHIFT[1] + k * (rz * x + y - rx * z),
        _SHIFT[2] + k * (-ry * x + rx * y + z),
    )


def _unshift(space: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """The other way: exact, so that there and back again ends where it began."""
    rx, ry, rz = _TURN
    back = np.linalg.inv((1 + _SCALE) * np.array([[1, -rz, ry], [rz, 1, -rx], [-ry, rx, 1]]))
    x, y, z = (s - t for s, t in zip(space, _SHIFT, strict=True))
    return (
        back[0, 0] * x + back[0, 1] * y + back[0, 2] * z,
        back[1, 0] * x + back[1, 1] * y + back[1, 2] * z,
        back[2, 0] * x + back[2, 1] * y + back[2, 2] * z,
    )


_N = (_AIRY[0] - _AIRY[1]) / (_AIRY[0] + _AIRY[1])
_RADIUS = _F0 * _AIRY[0] / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ECCENTRICITY = float(np.sqrt(1 - (_AIRY[1] / _AIRY[0]) ** 2))
_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16 + 41 * _N**4 / 180 - 127 * _N**5 / 288,
    13 * _N**2 / 48 - 3 * _N**3 / 5 + 557 * _N**4 / 1440 + 281 * _N**5 / 630,
    61 * _N**3 / 240 - 103 * _N**4 / 140 + 15061 * _N**5 / 26880,
    49561 * _N**4 / 161280 - 179 * _N**5 / 168,
)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96 - _N**4 / 360 - 81 * _N**5 / 512,
    _N**2 / 48 + _N**3 / 15 - 437 * _N**4 / 1440 + 46 * _N**5 / 105,
    17 * _N**3 / 480 - 37 * _N**4 / 840 - 209 * _N**5 / 4480,
    4397 * _N**4 / 161280 - 11 * _N**5 / 504,
)


def _sphere(lat: Array, lon: Array) -> tuple[Array, Array]:
    """Latitude and longitude from the central meridian as the two angles of Krüger's sphere."""
    sine = np.sin(lat)
    t = np.sinh(np.arctanh(sine) - _ECCENTRICITY * np.arctanh(_ECCENTRICITY * sine))
    return np.arctan2(t, np.cos(lon)), np.arcsinh(np.sin(lon) / np.hypot(t, np.cos(lon)))


def _along(xi: Array, eta: Array) -> tuple[Array, Array]:
    x, y = np.array(xi), np.array(eta)
    for j, alpha in enumerate(_ALPHA, start=1):
        x = x + alpha * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
        y = y + alpha * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
    return x, y


def _project(lon: Array, lat: Array) -> tuple[Array, Array]:
    x, y = _along(*_sphere(lat, lon - _LONGITUDE0))
    return _EASTING0 + _RADIUS * y, _NORTHING0 + _RADIUS * (x - _ORIGIN)


def _unproject(easting: Array, northing: Array) -> tuple[Array, Array]:
    x, y = (northing - _NORTHING0) / _RADIUS + _ORIGIN, (easting - _EASTING0) / _RADIUS
    xi, eta = np.array(x), np.array(y)
    for j, beta in enumerate(_BETA, start=1):
        xi = xi - beta * np.sin(2 * j * x) * np.cosh(2 * j * y)
        eta = eta - beta * np.cos(2 * j * x) * np.sinh(2 * j * y)
    sine = np.sin(xi) / np.cosh(eta)
    lat = np.arcsin(sine)
    conformal = np.arctanh(sine)
    for _ in range(4):  # each turn gains a factor of the eccentricity squared: four end below a micrometre
        lat = np.arcsin(np.tanh(conformal + _ECCENTRICITY * np.arctanh(_ECCENTRICITY * np.sin(lat))))
    return _LONGITUDE0 + np.arctan2(np.sinh(eta), np.cos(xi)), lat


_ORIGIN = float(_along(*_sphere(np.array(_LATITUDE0), np.array(0.0)))[0])
