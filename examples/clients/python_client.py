"""Ask the public API three questions. Standard library only: python python_client.py https://host/path/"""

import json
import sys
from urllib.request import urlopen


def data(base_url: str, name: str) -> list[dict]:
    """Fetch one document and give its data."""
    with urlopen(f"{base_url.rstrip('/')}/api/v1/{name}") as answer:
        return json.load(answer)["data"]


def answers(base_url: str, year: int = 2025) -> list[str]:
    """Was the target met, and by which count? Which regency has most per 10,000? Where do sources disagree?"""
    said = []
    for row in data(base_url, "progress.json"):
        target, achieved = row["target"], row["achieved"]
        if (target["year"], target["kind"], target["unit"]) == (year, "target", "peserta"):
            met = achieved["value"] is not None and achieved["value"] >= target["value"]
            no = "not met" if achieved["bound"] == "exact" else "cannot be said"
            said.append(f"{target['target_id']}: {'met' if met else no}. {row['sentence']['en']}")
    places = [r for r in data(base_url, "regions.json") if r["kind"] != "provinsi" and r["participants"]["rate"]]
    known = [r for r in places if r["participants"]["rate"]["value"] is not None]  # null is not 0: leave it out
    for row in sorted(known, key=lambda r: -r["participants"]["rate"]["value"])[:1]:
        said.append(f"{row['name']['en']}: {row['participants']['rate']['value']} participants per 10,000 residents.")
    said.append(f"{len(places) - len(known)} of {len(places)} regencies and cities have no published rate.")
    for row in data(base_url, "conflicts.json"):
        values = f"{row['smallest']} to {row['largest']} {row['unit']}, preferred {row['preferred_value']}"
        said.append(f"{row['title']['en']}: {values} ({row['preferred_source_id']}).")
    return said


if __name__ == "__main__":
    print("\n".join(answers(sys.argv[1])))
