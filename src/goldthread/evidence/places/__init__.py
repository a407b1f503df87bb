"""Where things are: areas, small areas, their people and their shapes, from published reference tables."""

from goldthread.evidence.places.areas import Area, UnknownArea, find_area, search_areas, unknown_area
from goldthread.evidence.places.authorities import VARIABLES, authorities_table, profile_of
from goldthread.evidence.places.drawing import shapes_table
from goldthread.evidence.places.known import Authority, Former, KnownAreas, Partnership, known_from, read_known
from goldthread.evidence.places.lookups import authority_of, lsoa_table
from goldthread.evidence.places.people import PeopleSource, people_table, places_table
from goldthread.evidence.places.placing import HOW, place_rows
from goldthread.evidence.places.projection import to_degrees, to_grid
from goldthread.evidence.places.reference import NoReference, Reference, open_reference
from goldthread.evidence.places.shapes import AreaShapes, read_shapes
from goldthread.evidence.places.splitting import Splits, read_splits

__all__ = [
    "HOW",
    "VARIABLES",
    "Area",
    "AreaShapes",
    "Authority",
    "Former",
    "KnownAreas",
    "NoReference",
    "Partnership",
    "PeopleSource",
    "Reference",
    "Splits",
    "UnknownArea",
    "authorities_table",
    "authority_of",
    "find_area",
    "known_from",
    "lsoa_table",
    "open_reference",
    "people_table",
    "place_rows",
    "places_table",
    "profile_of",
    "read_known",
    "read_shapes",
    "read_splits",
    "search_areas",
    "shapes_table",
    "to_degrees",
    "to_grid",
    "unknown_area",
]
