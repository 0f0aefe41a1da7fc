"""Tawsiya's pages, each answer with the time and the queries it took: what `bench/followup.py` serves."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from tawsiya.config.wsgi import application as pages


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer as Tawsiya does, with the milliseconds and the number of queries in `Server-Timing`."""
    asked = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*arguments)

    began, computed = time.perf_counter(), time.thread_time()

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        whole, own = (time.perf_counter() - began) * 1000, (time.thread_time() - computed) * 1000
        return start_response(
            status,
            [*headers, ("Server-Timing", f"app;dur={whole:.1f}, cpu;dur={own:.1f}, queries;dur={asked}")],
            *rest,
        )

    with connection.execute_wrapper(count):
        return pages(environ, start)
