"""Whatever bytes stand in the files, intake answers with findings in both languages and never with a traceback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kompeten.ground.findings import LANGUAGES
from kompeten.intake.validation import examine
from tests.unit.data_folders import REPOSITORY_DATA, tiny

FILES = (
    "outcomes/observations.csv",
    "outcomes/datapackage.json",
    "batches/batches.csv",
    "reference/regions.csv",
    "reference/stages.csv",
    "releases.toml",
)
SPLINTERS = st.one_of(
    st.binary(max_size=8),
    st.sampled_from([b",", b'"', b"\n", b"\r", b"\x00", b"\xef\xbb\xbf", b"NaN", b"{", b"}", b"[", b"null", b"9" * 30]),
    st.sampled_from([b"=1+1", b"\xe2\x80\xae", b"_U", b"_T", b"64.02", b"6472014107900001", b"-1", b"true", b"hidden"]),
)
CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), SPLINTERS), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(FILES), cuts=CUTS)
def test_a_file_cut_and_patched_at_random_is_answered(file: str, cuts: list[tuple[float, int, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = tiny(Path(place))
        content = (folder / file).read_bytes()
        for where, length, splinter in cuts:
            at = int(where * len(content))
            content = content[:at] + splinter + content[at + length :]
        (folder / file).write_bytes(content)
        lines = [found.line(language) for found in examine(folder, REPOSITORY_DATA).findings for language in LANGUAGES]
        assert "".join(lines).isprintable(), lines  # a line feed is none
