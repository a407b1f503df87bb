"""Shapely, which has no types of its own, as strict types can bear it."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

shapely: Any = importlib.import_module("shapely")

Geometries = NDArray[np.object_]
