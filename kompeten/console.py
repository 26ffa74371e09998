"""What a build says while it runs and when it ends. Quiet in a pipe until the end; progress only on a terminal."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from kompeten.ground.findings import Finding, Language

SAID: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "findings": "{count} temuan dalam data. Tidak ada yang diterbitkan; situs lama tetap seperti semula.",
        "checked": "Data bersih: {rows} baris diperiksa, tidak ada temuan.",
        "disclosure": "{count} risiko pengungkapan. Tidak ada yang diterbitkan; situs lama tetap seperti semula.",
        "done": "Selesai: {out}",
    },
    "en": {
        "findings": "{count} findings in the data. Nothing was published; the old site is as it was.",
        "checked": "The data are clean: {rows} rows checked, no findings.",
        "disclosure": "{count} disclosure risks. Nothing was published; the old site is as it was.",
        "done": "Done: {out}",
    },
}


@dataclass(slots=True)
class Console:
    """Tells a person what happens. language: of messages; out: where they go."""

    language: Language
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Show that a stage runs, and remember how long it took."""
        shown = self.err.isatty()
        if shown:
            print(f"\r\x1b[K{name} …", end="", file=self.err, flush=True)
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started
            if shown:
                print("\r\x1b[K", end="", file=self.err, flush=True)

    def say(self, key: str, **values: object) -> None:
        """Say one sentence."""
        print(SAID[self.language][key].format(**values), file=self.out)

    def findings(self, findings: Sequence[Finding], *, root: str) -> None:
        """Show every finding at once; in GitHub Actions also as annotations beside the lines."""
        for finding in findings:
            print(f"{root}/{finding.line(self.language)}", file=self.out)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for finding in findings:
                print(finding.annotation(self.language, root=root), file=self.out)

    def summary(self, counts: Mapping[str, int]) -> None:
        """Show one screen: what was built, and the seconds of each stage."""
        print("  ".join(f"{name} {value:,}" for name, value in counts.items()), file=self.out)
        print("  ".join(f"{name} {value:.2f} s" for name, value in self.seconds.items()), file=self.out)


def write_report(path: Path, findings: Sequence[Finding]) -> None:
    """Write the findings as JSON, for other programs."""
    body = {"total": len(findings), "findings": [finding.as_json() for finding in findings]}
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
