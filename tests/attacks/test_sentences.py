"""Plain sentences that tell a hidden count, planted in a built site; each beside a near miss that passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks.planting import reasons
from tests.attacks.sample import fragment, sample_site
from tests.attacks.sites import audited_site

HOME, ENGLISH, METHOD = "index.html", "en/index.html", "metode/index.html"
FIRST, SECOND, PASER = "tahap/contoh-2026-1/index.html", "tahap/contoh-2026-2/index.html", "wilayah/64.01/index.html"

BATCH_NAMED = [
    ("Tahap I 2026: 3 orang kompeten dari Kabupaten Paser", "Tahap I 2026: 20 orang peserta dari Kabupaten Paser"),
    ("Tahap I 2026 (SINTETIS): 3 kompeten dari Paser", "Tahap II 2026 (SINTETIS): 18 kompeten dari Paser"),
    ("Pada Tahap 1 tahun 2026, 3 warga Kab. Paser lulus", "Pada Tahap 2 tahun 2026, 18 warga Kab. Paser lulus"),
    ("Batch 1 of 2026: three passed from Paser Regency", "Batch 2 of 2026: eighteen passed from Paser Regency"),
    (
        "In the first batch of 2026, 3 people from Paser were certified",
        "In the first batch of 2026, 20 came from Paser",
    ),
    ("Batch I, 2026: a single competent worker from Mahakam Ulu", "Batch I, 2026: ten participants from Mahakam Ulu"),
    ("Tahap I 2026: hanya satu yang lulus dari Mahulu", "Tahap I 2026: salah satu yang lulus dari Mahulu"),
    ("Tahap I 2026: seorang dari Paser bersertifikat", "Tahap I 2026: peserta dari Paser bersertifikat"),
    ("Tahap I 2026: tidak ada yang kompeten dari Paser", "Tahap I 2026: tidak ada data yang kompeten dari Paser"),
    ("Tahap I 2026, Paser, kompeten: nihil", "Tahap I 2026, Paser, kompeten: disembunyikan"),
    ("Tahap I 2026: none from Paser passed", "Tahap I 2026: no figure is shown for Paser"),
    ("Tahap I 2026: dua puluh tiga orang kompeten dari Paser", "Tahap I 2026: dua puluh orang peserta dari Paser"),
    ("Tahap I 2026: 15% peserta dari Paser lulus", "Tahap I 2026: 16,7% peserta dari Paser"),
    ("Tahap I 2026: lima belas persen dari Paser lulus", "Tahap II 2026: 72 persen dari Paser lulus"),
    ("Tahap I 2026: separuh peserta Paser lulus", "Tahap I 2026: sebagian peserta Paser lulus"),
    ("Tahap I 2026: semua peserta dari Paser lulus", "Tahap I 2026: peserta dari Paser, semua umur"),
    ("Tahap I 2026: semua orang dari Paser kompeten", "Tahap I 2026, Paser: semua peserta, dari mana pun asalnya"),
    ("All participants of Batch 1 of 2026 from Paser passed", "All participants of Batch 1 of 2026, Paser included"),
    ("Tahap I 2026: 17 peserta dari Paser belum kompeten", "Tahap II 2026: 18 peserta dari Paser kompeten"),
    ("Tahap I 2026: 17 failed from Paser", "Tahap I 2026: 20 failed"),
    ("Tahap I 2026: 4 peserta berusia 15-24 tahun", "Tahap I 2026: 60 peserta berusia 35 tahun ke atas"),
    ("Batch 1 2026: 4 participants aged 15–24", "Batch 1 2026: 60 participants 35 and over"),
    ("Tahap I 2026: 4 peserta usia 15 sampai 24", "Tahap I 2026: peserta usia 15 sampai 24 tahun"),
    ("Tahap I 2026: 3 peserta jenjang 3", "Tahap I 2026: 90 peserta jenjang 7"),
    ("Tahap I 2026: KKNI 3 diikuti 4 orang", "Tahap I 2026: KKNI 7 diikuti 90 orang"),
    ("Batch 1 of 2026: 4 people at level 3", "Batch 1 of 2026: 90 people at level 7"),
    ("Tahap I 2026: 7 wanita menerima sertifikat", "Tahap I 2026: 40 wanita menjadi peserta"),
    ("Tahap I 2026: 7 certificates went to women", "Tahap I 2026: 80 certificates were issued"),
    ("Tahap I 2026: 7 pria memegang SKK", "Tahap I 2026: 80 pria menjadi peserta"),
    ("Paser: 20 peserta Tahap I 2026. Tiga di antaranya lulus", "Paser: 20 peserta Tahap I 2026. Tiga hari pelatihan"),
    ("Peserta Tahap I 2026 dari Paser lulus. Jumlahnya tiga", "Peserta Tahap I 2026 dari Paser lulus. Dua sumber"),
    ("Tahap I 2026 Paser: ３ kompeten", "Tahap I 2026 Paser: ２０ peserta"),
    ("contoh-2026-1 Paser kompeten=3", "contoh-2026-2 Paser kompeten=18"),
    ("Tahap I 2026: 20 peserta, 20 kompeten dari Paser", "Tahap I 2026: 120 peserta, 20 dari Paser"),
]


@pytest.mark.parametrize(("planted", "near"), BATCH_NAMED)
@pytest.mark.parametrize("path", [HOME, METHOD])
def test_a_sentence_that_names_the_batch_may_not_tell(tmp_path: Path, planted: str, near: str, path: str) -> None:
    assert reasons(audited_site(sample_site({path: planted}), tmp_path / "planted")) == {"note_tells"}
    assert audited_site(sample_site({path: near}), tmp_path / "near").breaches == ()


@pytest.mark.parametrize(
    ("path", "planted", "near"),
    [
        (FIRST, "Dari Paser 3 orang kompeten", "Dari Paser 20 orang peserta"),
        (FIRST, "Mahakam Ulu: 3", "Mahakam Ulu: 10 peserta"),
        (FIRST, "Tahap II: 19 kompeten dari Samarinda, Paser 3 pada Tahap I", "Tahap II: 18 kompeten dari Paser"),
        (SECOND, "Pada Tahap I, 3 orang dari Paser lulus", "Pada tahap ini 18 orang dari Paser lulus"),
        (PASER, "Tahap I 2026: 3 kompeten", "Tahap I 2026: 20 peserta"),
        (PASER, "Tahap I: 3 kompeten", "Tahap I: 16 kompeten"),
        (PASER, "Tiga orang lulus", "Tiga hari pelatihan"),
        (PASER, "3 competent people in 2026", "68 people in 3 batches"),
    ],
)
def test_what_a_page_is_about_counts_as_named(tmp_path: Path, path: str, planted: str, near: str) -> None:
    assert reasons(audited_site(sample_site({path: planted}), tmp_path / "planted")) == {"note_tells"}
    assert audited_site(sample_site({path: near}), tmp_path / "near").breaches == ()


@pytest.mark.parametrize(
    ("planted", "near"),
    [
        ("3 orang kompeten dari Paser", "18 orang kompeten dari Paser"),
        ("Two women received certificates", "Two sources name women and certificates"),
        ("Hanya seorang dari Mahakam Ulu yang lulus", "Peserta dari Mahakam Ulu ada di 3 tahap"),
        ("Di Kabupaten Paser ada 2 peserta yang lulus", "Di Kabupaten Paser ada 68 peserta"),
        ("Paser: 3 of them passed", "One of the regencies is Paser, as participants know"),
        ("2 operator jenjang 3 lulus", "Jenjang 1 helper, 2 operator jenjang 2, 3 operator jenjang 3"),
        ("Tidak ada peserta Paser yang lulus", "Agar tidak ada orang yang dapat dikenali, Paser disembunyikan"),
    ],
)
def test_a_sentence_without_a_batch_may_mean_any(tmp_path: Path, planted: str, near: str) -> None:
    assert reasons(audited_site(sample_site({HOME: planted}), tmp_path / "planted")) == {"note_tells"}
    assert audited_site(sample_site({HOME: near}), tmp_path / "near").breaches == ()


def test_a_batch_named_by_the_address_of_a_file_counts_as_named(tmp_path: Path) -> None:
    tree = sample_site()
    planted = {**tree, "downloads/contoh-2026-1.txt": b"Paser: 3 kompeten\n"}
    assert reasons(audited_site(planted, tmp_path / "planted")) == {"note_tells"}
    near = {**tree, "downloads/contoh-2026-2.txt": b"Paser: 18 kompeten\n"}
    assert audited_site(near, tmp_path / "near").breaches == ()


def test_the_search_index_is_read_as_sentences(tmp_path: Path) -> None:
    tree, path = sample_site(), "pagefind/fragment/id_1.pf_fragment"
    planted = {**tree, path: fragment("/", "Tahap I 2026. Kabupaten Paser 20 peserta. Tiga di antaranya kompeten.")}
    assert reasons(audited_site(planted, tmp_path / "planted")) == {"note_tells"}
    near = {**tree, path: fragment("/", "Tahap I 2026. Kabupaten Paser 20 peserta. Kota Samarinda 40 kompeten.")}
    assert audited_site(near, tmp_path / "near").breaches == ()
