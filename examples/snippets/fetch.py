import json
import os
from urllib.request import urlopen

base = os.environ.get("KALTIM_KOMPETEN", "https://kaltim-kompeten.invalid/")
with urlopen(base + "api/v1/progress.json") as answer:
    rows = json.load(answer)["data"]

for row in rows:
    target, achieved = row["target"], row["achieved"]
    # null is not 0: the status says whether a figure is hidden or not known
    reached = achieved["status"] if achieved["value"] is None else achieved["value"]
    print(target["target_id"], target["value"], target["unit"], reached, achieved["bound"], sep="\t")
