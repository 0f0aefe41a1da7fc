"""The command line `tawsiya`: its own commands, and Django's behind them."""

import sys
from collections.abc import Sequence

USAGE = """\
usage: tawsiya COMMAND …

  extract FILE [--json] [--review [PAGE.html]]
                             read one UN document: one JSON object per line, or a page that shows it
                             beside what was read (no database)
  analyse --language ar|fr|en [--query]
                             print the lexemes of texts or queries, one line each (no database)
  similar --input CSV --text COL --id COL --output CSV
                             group the texts that ask for the same thing (no database)
  classifier fit|predict --input CSV --text COL --labels COL --model DIR
                             learn labels of texts, give them to others (no database)
  classifier train --taxonomy CODE|institutions --by ACCOUNT
                             train a model of the database's own
  import FILE --state ISO3 --by ACCOUNT [--dry-run] [--json]
                             read a document into the database
  undo_import NUMBER --by ACCOUNT --reason …
                             undo an import as a whole
  world load FILE [--partial | --complete] [--by ACCOUNT] [--json]
                             load an export of UHRI: the records of all States
  init --state ISO3 --languages ar,fr,en
                             set up a real, empty instance
  createadmin --email … --name …
                             create the first administrator
  demo [--fresh] [--large] [--port N]
                             the sample State, ready to look at
  serve [--host H] [--port N] [--workers N]
                             serve the pages
  worker                     run background jobs
  migrate                    bring the database up to date and set its rights
  reindex [--changed]        build the search index anew, or only what changed
  audit verify               prove that the history is unaltered
  help                       every command, Django's own included
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit code (0 done, 1 failed, 2 refused with one clear line)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {"-h", "--help"}:
        print(USAGE, end="")
        return 0
    command, rest = words[0], words[1:]
    # Each branch imports only what it needs: `extract` must not wait for Django.
    if command == "extract":
        from tawsiya.cli.extract import run as run_extract

        return run_extract(rest)
    if command == "analyse":
        from tawsiya.cli.analyse import run as run_analyse

        return run_analyse(rest)
    if command == "similar":
        from tawsiya.cli.similar import run as run_similar

        return run_similar(rest)
    if command == "classifier" and rest[:1] != ["train"]:
        from tawsiya.cli.classifier import run as run_classifier

        return run_classifier(rest)
    if command == "demo":
        from tawsiya.cli.demo import run as run_demo

        return run_demo(rest)
    if command == "serve":
        from tawsiya.cli.serve import run as run_serve

        return run_serve(rest)
    from tawsiya.cli.django import run as run_django

    return run_django(command, rest)
