"""The peer tantivy: runs in an environment that has it, reads `records.jsonl` and `queries.json`.

A permission filter, the twenty best, five exact counts over all values: as the others do.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import tantivy

folder = Path(sys.argv[1])
builder = tantivy.SchemaBuilder()
builder.add_unsigned_field("id", stored=True)
builder.add_text_field("text", tokenizer_name="en_stem")
for name in ("body", "year", "theme", "persons", "position"):
    builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
builder.add_boolean_field("visible", indexed=True)
index = tantivy.Index(builder.build(), path=tempfile.mkdtemp(dir=folder))
writer = index.writer(heap_size=300_000_000, num_threads=2)
with (folder / "records.jsonl").open(encoding="utf-8") as lines:
    for line in lines:
        writer.add_document(tantivy.Document(**json.loads(line)))
writer.commit()
writer.wait_merging_threads()
index.reload()
searcher = index.searcher()
counts = {
    name: {"terms": {"field": name, "size": 1000}}
    for name in ("body", "year", "theme", "persons", "position")
}
setup = json.loads((folder / "queries.json").read_text("utf-8"))
times = []
for round_ in range(setup["rounds"] + 1):
    for words in setup["queries"]:
        asked = " ".join(f"+{word}" for word in words.split()) if not words.startswith('"') else f"+{words}"
        start = time.perf_counter()
        query = index.parse_query(f"{asked} +visible:true", ["text"])
        best = searcher.search(query, 20)
        found = [searcher.doc(address)["id"] for _score, address in best.hits]
        buckets = searcher.aggregate(query, counts)
        if round_:
            times.append((time.perf_counter() - start) * 1000)
print(json.dumps({"times": times, "count": best.count, "rows": len(found), "facets": len(buckets)}))
