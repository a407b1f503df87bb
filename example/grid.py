"""British National Grid to longitude and latitude, so that invented places have the coordinates of real files."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

# Airy 1830 and the National Grid's projection; then the seven-parameter shift from OSGB36 to WGS84.
# Source: Ordnance Survey, A guide to coordinate systems in Great Britain (good to about five metres).
A, B = 6_377_563.396, 6_356_256.909
SCALE, LAT0, LON0, E0, N0 = 0.9996012717, np.radians(49.0), np.radians(-2.0), 400_000.0, -100_000.0
SHIFT = np.array([446.448, -125.157, 542.060])
TURN = np.radians(np.array([0.1502, 0.2470, 0.8421]) / 3600)
GROWTH = -20.4894e-6
WGS_A, WGS_B = 6_378_137.0, 6_356_752.3142


def _meridional_arc(lat: Numbers) -> Numbers:
    n = (A - B) / (A + B)
    plus, minus = lat + LAT0, lat - LAT0
    return np.asarray(
        B
        * SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * minus
            - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(minus) * np.cos(plus)
            + (1.875 * n**2 + 1.875 * n**3) * np.sin(2 * minus) * np.cos(2 * plus)
            - (35 / 24) * n**3 * np.sin(3 * minus) * np.cos(3 * plus)
        )
    )


def _airy(easting: Numbers, northing: Numbers) -> tuple[Numbers, Numbers]:
    lat = np.asarray((northing - N0) / (A * SCALE) + LAT0)
    for _ in range(6):
        lat = lat + (northing - N0 - _meridional_arc(lat)) / (A * SCALE)
    e2 = 1 - B**2 / A**2
    nu = A * SCALE / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    rho = A * SCALE * (1 - e2) / (1 - e2 * np.sin(lat) ** 2) ** 1.5
    eta2, t, d = nu / rho - 1, np.tan(lat), easting - E0
    vii = t / (2 * rho * nu)
    viii = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    ix = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    x = 1 / (np.cos(lat) * nu)
    xi = 1 / (np.cos(lat) * 6 * nu**3) * (nu / rho + 2 * t**2)
    xii = 1 / (np.cos(lat) * 120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    return lat - vii * d**2 + viii * d**4 - ix * d**6, LON0 + x * d - xi * d**3 + xii * d**5


def to_lon_lat(easting: Numbers, northing: Numbers) -> tuple[Numbers, Numbers]:
    """Longitudes and latitudes (WGS84 degrees) of points in British National Grid metres."""
    lat, lon = _airy(np.asarray(easting, float), np.asarray(northing, float))
    e2 = 1 - B**2 / A**2
    nu = A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
    here = np.stack([nu * np.cos(lat) * np.cos(lon), nu * np.cos(lat) * np.sin(lon), nu * (1 - e2) * np.sin(lat)])
    rx, ry, rz = TURN
    turn = np.array([[1 + GROWTH, -rz, ry], [rz, 1 + GROWTH, -rx], [-ry, rx, 1 + GROWTH]])
    x, y, z = np.tensordot(turn, here, axes=1) + SHIFT.reshape(3, *([1] * lat.ndim))
    e2 = 1 - WGS_B**2 / WGS_A**2
    p = np.hypot(x, y)
    lat = np.arctan2(z, p * (1 - e2))
    for _ in range(6):
        nu = WGS_A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        lat = np.arctan2(z + e2 * nu * np.sin(lat), p)
    return np.degrees(np.arctan2(y, x)), np.degrees(lat)
