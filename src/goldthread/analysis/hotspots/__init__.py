"""Where it happens: density, clusters, persistence, emerging places, and how well they predict."""

from goldthread.analysis.hotspots.accuracy import accuracy, rolling_accuracy
from goldthread.analysis.hotspots.clusters import density_clusters
from goldthread.analysis.hotspots.density import choose_bandwidth, density
from goldthread.analysis.hotspots.emerging import Kind, emerging
from goldthread.analysis.hotspots.gi_star import gi_star
from goldthread.analysis.hotspots.grid import Grid, count_cells, grid_over
from goldthread.analysis.hotspots.moran import global_moran, local_moran
from goldthread.analysis.hotspots.neighbours import GridNeighbours, NeighbourLists, touching
from goldthread.analysis.hotspots.persistence import persistence
from goldthread.analysis.hotspots.stability import stability

__all__ = [
    "Grid",
    "GridNeighbours",
    "Kind",
    "NeighbourLists",
    "accuracy",
    "choose_bandwidth",
    "count_cells",
    "density",
    "density_clusters",
    "emerging",
    "gi_star",
    "global_moran",
    "grid_over",
    "local_moran",
    "persistence",
    "rolling_accuracy",
    "stability",
    "touching",
]
