"""Is the site alive, and can it answer? For a proxy or a watchman; says nothing of what is in it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from goldthread.access.pages import ANYBODY, page


@page(needs=ANYBODY)
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@page(needs=ANYBODY)
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and its tables are as this version wants them."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "The database does not answer."}, status=503)
    if waiting:
        return JsonResponse({"ready": False, "why": "The tables are of an earlier version."}, status=503)
    return JsonResponse({"ready": True})
