"""`tawsiya serve`: the pages, by granian."""

import argparse
import socket
import sys
from collections.abc import Sequence

from tawsiya.cli import processes
from tawsiya.cli.environment import REFUSED, prepared, refusals, say
from tawsiya.core.embedded import EmbeddedError

TARGET = "tawsiya.config.wsgi:application"


def command(host: str, port: int, workers: int) -> list[str]:
    """Return the server's command line."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--no-ws", "--log-level", "warning", TARGET,
    ]  # fmt: skip


def port_problem(host: str, port: int) -> str:
    """Return one sentence when an address cannot be served on, "" when it can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            return f"{port} is not a port number; use one between 1024 and 65535."
        except OSError as error:
            return (
                f"Port {port} on {host} cannot be used ({error.strerror}); "
                "stop the other program or choose another port with --port."
            )
    return ""


def run(arguments: Sequence[str]) -> int:
    """Serve until stopped."""
    parser = argparse.ArgumentParser(prog="tawsiya serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(arguments)
    problem = port_problem(options.host, options.port)
    if problem:
        say(problem)
        return REFUSED
    processes.stop_on_signals()
    try:
        with prepared():
            problems = refusals(migrated=True)
            for problem in problems:
                say(problem)
            if problems:
                return REFUSED
            print(f"Tawsiya on http://{options.host}:{options.port}", flush=True)
            return _serve(command(options.host, options.port, options.workers))
    except EmbeddedError as error:
        say(str(error))
        return REFUSED
    except KeyboardInterrupt:
        return 0


def _serve(words: list[str]) -> int:
    process = processes.start(words)
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        processes.stop([process])
