"""Ask the public API three questions. Standard library only: python python_client.py https://host/path/"""

import json
import sys
from urllib.request import urlopen


def data(base_url, name):
    """Give the data of one document."""
    with urlopen(f"{base_url.rstrip('/')}/api/v1/{name}") as answer:
        return json.load(answer)["data"]


def answers(base_url, year=2025):
    """Was the target met, and by which count? Which regency has most per 10,000? Where do sources disagree?"""
    for row in data(base_url, "progress.json"):
        target, achieved = row["target"], row["achieved"]
        if (target["year"], target["kind"], target["unit"]) == (year, "target", "peserta"):
            met = achieved["value"] is not None and achieved["value"] >= target["value"]
            word = "met" if met else "not met" if achieved["bound"] == "exact" else "not known to be met"
            yield f"{target['target_id']}: {word}. {row['sentence']['en']}"
    places = [row for row in data(base_url, "regions.json") if row["kind"] != "provinsi"]
    rates = {row["name"]["en"]: (row["participants"]["rate"] or {"value": None})["value"] for row in places}
    known = {name: rate for name, rate in rates.items() if rate is not None}  # null is not 0: leave it out
    for name in sorted(known, key=known.get, reverse=True)[:1]:
        yield f"{name}: {known[name]} participants per 10,000 residents."
    yield f"{len(rates) - len(known)} of {len(rates)} regencies and cities have no published rate."
    for row in data(base_url, "conflicts.json"):
        values = f"{row['smallest']} to {row['largest']} {row['unit']}, preferred {row['preferred_value']}"
        yield f"{row['title']['en']}: {values} ({row['preferred_source_id']})."


if __name__ == "__main__":
    print("\n".join(answers(sys.argv[1])))
