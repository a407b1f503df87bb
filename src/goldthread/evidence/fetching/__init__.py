"""Published files, brought from their publishers and checked: police.uk archives, ONS tables, reference tables."""

from goldthread.evidence.fetching.asking import DownloadFailed, Patience
from goldthread.evidence.fetching.downloads import Expected, Progress, download
from goldthread.evidence.fetching.fetching import Fetched, failures, fetch
from goldthread.evidence.fetching.layers import Paged, fetch_layer, fetch_nomis
from goldthread.evidence.fetching.sources import Source, choose, read_sources

__all__ = [
    "DownloadFailed",
    "Expected",
    "Fetched",
    "Paged",
    "Patience",
    "Progress",
    "Source",
    "choose",
    "download",
    "failures",
    "fetch",
    "fetch_layer",
    "fetch_nomis",
    "read_sources",
]
