"""A small invented programme that can be added up in one's head, and the parts of its site that are kept as golden.

Tahap I: 100 participants (104 by another paper), 75 men and 25 women, 80 of them from Balikpapan; 90 assessed, 70
competent and 20 not yet, men and women among them hidden. Tahap II: nobody has said anything. 300 registered over the
whole year, which is a span of time and adds to nothing. Target: 200. The second release corrects 104 to 106, and adds
68 certificates of Tahap I.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from kompeten.ground.doormark import PROPERTY, marks_for
from kompeten.ground.policy import load_policy

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
EXPECTED = Path(__file__).parent / "expected"

DOCUMENTS = (
    "api/v1/progress.json",
    "api/v1/programmes/kecil.json",
    "api/v1/batches/kecil-2025-1.json",
    "api/v1/batches/kecil-2025-2.json",
    "api/v1/batches/kecil-2025-gabungan.json",
    "api/v1/latest.json",
    "api/v1/regions/64.71.json",
    "api/v1/conflicts.json",
    "api/v1/releases.json",
    "api/v1/changes/2026.12.json",
    "charts/target-kecil-2025.csv",
    "charts/target-kecil-2025.svg",
    "downloads/observations.csv",
    "feed.json",
    "feed.xml",
)
PAGES = (
    "",
    "en/",
    "tahap/",
    "tahap/kecil-2025-1/",
    "en/tahap/kecil-2025-2/",
    "tahap/kecil-2025-gabungan/",
    "program/",
    "program/kecil/",
    "rilis/",
    "rilis/2026.12/",
    "en/wilayah/",
    "en/wilayah/64/",
    "wilayah/64.01/",
    "wilayah/64.71/",
)
OLD, NEW = (f"{figure},exact,2025,koran-b" for figure in ("104,released", "106,released"))
CERTIFIED = "kecil-2025-1,skk_terbit,_T,_T,_T,_T,_T,_T,_T,68,released,exact,2025-07-05,koran-a,true,,,,,,\n"
MAIN = re.compile(r"<main[^>]*>\n?(.*?)</main>", flags=re.DOTALL)


def data_folder(parent: Path) -> Path:
    """Make a data folder: the repository's code lists and schemas, called synthetic, with the small tables."""
    folder = parent / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("permanent"))
    cited = {row["source_id"] for path in sorted(folder.glob("reference/*.csv")) for row in rows(path)}
    for package in ("reference", "batches", "outcomes"):
        descriptor = folder / package / "datapackage.json"
        text = descriptor.read_text(encoding="utf-8")
        descriptor.write_text(text.replace('"synthetic": false', '"synthetic": true'), encoding="utf-8")
    sources = folder / "batches/sources.csv"
    head, *lines = sources.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split(",")[0] in cited]
    newspapers = (DATA / "batches/newspapers.csv").read_text(encoding="utf-8")
    sources.write_text("\n".join([head, *kept]) + "\n" + newspapers, encoding="utf-8")
    for path in sorted(folder.glob("batches/*.csv")):
        if path != sources:
            path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for path in sorted([*DATA.rglob("*.csv"), DATA / "releases.toml"]):
        if path.name != "newspapers.csv":
            shutil.copyfile(path, folder / path.relative_to(DATA))
    mark_register(folder)
    return folder


def second_release(folder: Path, site: Path) -> None:
    """Keep what is published, then correct one figure and add another."""
    run("-m", "kompeten", "keep", site, "--data", folder)
    observations, releases = folder / "outcomes/observations.csv", folder / "releases.toml"
    lines = observations.read_text(encoding="utf-8").replace(OLD, NEW).splitlines(keepends=True)
    head, *body = [*lines, CERTIFIED]
    observations.write_text(head + "".join(sorted(body, key=lambda line: line.split(",")[:9])), encoding="utf-8")
    later = (DATA / "second.toml").read_text(encoding="utf-8")
    releases.write_text(releases.read_text(encoding="utf-8") + "\n" + later, encoding="utf-8")


def mark_register(folder: Path) -> None:
    """Put the door's mark on the hidden rows, as ``kompeten anonymize`` does."""
    marks = marks_for(rows(folder / "outcomes/observations.csv"), "daftar", load_policy(folder / "policy.toml"))
    descriptor = folder / "outcomes/datapackage.json"
    body = json.loads(descriptor.read_text(encoding="utf-8"))
    body[PROPERTY] = [mark.as_json() for mark in marks]
    descriptor.write_text(json.dumps(body, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def parts(parent: Path) -> dict[str, str]:
    """Build both releases below a folder and give the parts that are kept, by path below ``expected``."""
    data = data_folder(parent)
    second_release(data, built(data, parent / "first"))
    out = built(data, parent / "site")
    found = {path: (out / path).read_text(encoding="utf-8") for path in DOCUMENTS}
    for page in PAGES:
        html = (out / page / "index.html").read_text(encoding="utf-8")
        found[f"pages/{page.rstrip('/') or 'beranda'}.html"] = MAIN.findall(html)[0]
    return found


def built(data: Path, out: Path) -> Path:
    """Build the site of a data folder; give its folder."""
    run(ROOT / "build.py", "--data", data, "--out", out, "--base-url", "https://kecil.invalid/")
    return out


def run(*command: str | Path) -> None:
    """Run a command of the product; raises RuntimeError with what it said where it fails."""
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
