import json
import os
from urllib.request import urlopen

base = os.environ.get("KALTIM_KOMPETEN", "https://kaltim-kompeten.invalid/")
with urlopen(base + "api/v1/progress.json") as answer:
    rows = json.load(answer)["data"]

for row in rows:
    target, achieved = row["target"], row["achieved"]
    # null bukan 0, lihat status / null is not 0, see the status
    reached = achieved["status"] if achieved["value"] is None else achieved["value"]
    print(target["target_id"], target["value"], target["unit"], reached, achieved["bound"], sep="\t")
