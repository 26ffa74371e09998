import csv
import io
import os
from urllib.request import urlopen

base = os.environ.get("KALTIM_KOMPETEN", "https://kaltim-kompeten.invalid/")
with urlopen(base + "downloads/observations.csv") as answer:
    rows = list(csv.DictReader(io.TextIOWrapper(answer, "utf-8", newline="")))

counted = [
    row
    for row in rows
    if (row["programme_id"], row["year"], row["stage"]) == ("kaltim", "2025", "peserta")
    and row["preferred"] == "true"  # satu sumber satu angka / one source a figure
    and row["whole_batch"] == "true"  # _T sudah memuat bagiannya / _T already holds its parts
    and row["kind"] != "cumulative"  # rentang waktu tidak ditambahkan / spans of time are never added
]
missing = [row["batch_id"] for row in counted if not row["value"]]  # kosong bukan nol / empty is not zero
print(sum(int(row["value"]) for row in counted if row["value"]), len(missing), sep="\t")
