"""What the audit says: breaches with the chain of addresses that gives a cell away, and a summary without times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from kompeten.audit.reasoning.solve import Proof
from kompeten.ground.findings import Label, Language

Reason = Literal[
    "small_cell",
    "recovered",
    "too_tight",
    "small_complement",
    "unprinted_recovered",
    "insider",
    "all_failed",
    "small_change",
    "few_people_changed",
    "batch_withdrawn",
    "value_beside_hidden",
    "not_a_count",
    "not_exact",
    "status_unknown",
    "no_mark",
    "rows_changed",
    "kind_changed",
    "other_policy",
    "weaker_policy",
    "no_address",
    "row_absent",
    "order_by_value",
    "note_tells",
    "formats_disagree",
    "rate_of_hidden",
    "chart_tells",
    "identifier",
    "row_data",
    "digest_of_input",
    "not_as_drawn",
    "unclaimed_file",
    "unreadable_file",
    "contradiction",
    "not_solved",
]

WORDS: Mapping[Reason, Label] = {
    "small_cell": Label(
        "hitungan kecil dari register ditampilkan; sembunyikan",
        "a small count from a register is printed; hide it",
    ),
    "recovered": Label(
        "angka yang disembunyikan dapat dihitung tepat; sembunyikan sel lain pada rangkaian alamat ini",
        "a hidden count can be worked out exactly; hide another cell along this chain of addresses",
    ),
    "too_tight": Label(
        "angka yang disembunyikan dapat dipersempit lebih dari yang diizinkan; sembunyikan sel lain pada rangkaian ini",
        "a hidden count can be bounded more tightly than the policy allows; hide another cell along this chain",
    ),
    "small_complement": Label(
        "selisih dua tahapan menunjuk sedikit orang; sembunyikan salah satunya",
        "the difference of two stages points at a few people; hide one of them",
    ),
    "unprinted_recovered": Label(
        "sel kecil yang tidak ditampilkan dapat dihitung dari tabel lain; sembunyikan sel pada rangkaian ini",
        "a small cell that nobody prints can be worked out from other tables; hide a cell along this chain",
    ),
    "insider": Label(
        "orang yang tahu dirinya ikut dihitung dapat mempersempit angka yang disembunyikan lebih dari yang diizinkan; "
        "sembunyikan sel lain pada rangkaian ini",
        "somebody who knows that he or she is counted can bound a hidden count more tightly than the policy allows; "
        "hide another cell along this chain",
    ),
    "all_failed": Label(
        "terlihat bahwa tidak seorang pun dalam kelompok ini kompeten atau bersertifikat; sembunyikan hasilnya",
        "it shows that nobody in this group was competent, or certified; hide the result",
    ),
    "small_change": Label(
        "angka berubah sedikit antarrilis; kumpulkan perubahan atau nyatakan sebagai koreksi",
        "a count moves by a few people between releases; gather changes or declare a correction",
    ),
    "few_people_changed": Label(
        "satu tahap berubah oleh terlalu sedikit orang antarrilis; kumpulkan perubahan",
        "a batch changes by too few people between releases; gather the changes",
    ),
    "batch_withdrawn": Label(
        "tahap yang sudah terbit tidak ada lagi; sertakan kembali, salinan lama tidak dapat ditarik",
        "a published batch is gone; include it again, copies of it cannot be recalled",
    ),
    "value_beside_hidden": Label(
        "sel yang disembunyikan membawa angka atau tanda; kosongkan nilainya",
        "a hidden cell carries a number or a mark; leave its value empty",
    ),
    "not_a_count": Label(
        "nilainya bukan bilangan bulat nol atau lebih, atau kosong tanpa status; perbaiki",
        "the value is not a whole number of 0 or more, or is empty without a status; mend it",
    ),
    "not_exact": Label(
        "hitungan dari register bukan angka pasti; tulis angka pastinya atau sembunyikan",
        "a count from a register is not exact; print the exact count or hide it",
    ),
    "status_unknown": Label(
        "status di luar daftar; primer dan sekunder memakai status hidden yang sama",
        "a status outside the list; primary and secondary hiding share the status hidden",
    ),
    "no_mark": Label(
        "baris dari register tanpa tanda pintu; buat barisnya dengan kompeten anonymize, dan bawa tandanya serta",
        "rows of a register without the door's mark; make them with kompeten anonymize, and bring the mark along",
    ),
    "rows_changed": Label(
        "baris tidak lagi seperti yang ditulis pintu; jalankan anonymize lagi, jangan sunting hasilnya",
        "the rows are not as the door wrote them; run anonymize again, do not edit what it wrote",
    ),
    "kind_changed": Label(
        "pintu menulis baris ini dari register, tetapi jenis sumbernya bukan register; kembalikan jenisnya",
        "the door wrote these rows from a register, but their source is of another kind; put the kind back",
    ),
    "other_policy": Label(
        "baris dilindungi dengan kebijakan lain daripada yang berlaku; jalankan anonymize lagi",
        "the rows were protected under another policy than the one in force; run anonymize again",
    ),
    "weaker_policy": Label(
        "aturan ini lebih lemah daripada kebijakan repositori; pakai nilai repositori atau yang lebih ketat",
        "this rule is weaker than the policy of the repository; use its value or a stricter one",
    ),
    "no_address": Label(
        "rincian orang tanpa alamat sumber dan tanpa tanda pintu; isi url sumbernya, atau buat dengan anonymize",
        "people counted by detail, without an address of the source and without the door's mark; give the source its "
        "url, or make the rows with anonymize",
    ),
    "row_absent": Label(
        "baris tabel register tidak ada; tampilkan setiap kombinasi, dengan nol atau status hidden",
        "a row of a register table is missing; print every combination, as zero or hidden",
    ),
    "order_by_value": Label(
        "urutan baris mengikuti nilainya; urutkan menurut kode",
        "the order of rows follows their values; sort them by code",
    ),
    "note_tells": Label(
        "catatan pada sel yang disembunyikan memuat hitungan; hapus angkanya dari catatan",
        "the words beside a hidden cell hold a count; take the number out of them",
    ),
    "formats_disagree": Label(
        "sel yang sama berbeda di dua tempat; terbitkan satu nilai dan satu status",
        "the same cell differs between two places; publish one value and one status",
    ),
    "rate_of_hidden": Label(
        "rasio ditampilkan padahal salah satu bagiannya disembunyikan; kosongkan rasionya",
        "a rate is printed though one of its parts is hidden; leave the rate empty",
    ),
    "chart_tells": Label(
        "gambar memuat angka atau panjang untuk sel yang disembunyikan; gambar tanda sembunyi saja",
        "a drawing has a number or a length for a hidden cell; draw the hidden mark alone",
    ),
    "identifier": Label(
        "memuat data pribadi; hapus sebelum terbit",
        "holds personal data; remove it before publishing",
    ),
    "row_data": Label(
        "tampak seperti satu baris per orang; terbitkan hitungan saja",
        "looks like one row a person; publish counts only",
    ),
    "digest_of_input": Label(
        "memuat sidik berkas register; berkas kecil dapat ditebak dari sidiknya, hapus",
        "holds a digest of a register; a small file can be guessed from it, remove it",
    ),
    "not_as_drawn": Label(
        "berkas ini bukan yang ditulis pembangunan dari dokumen yang terbit, atau sidiknya tidak ada di SHA256SUMS; "
        "bangun ulang situs",
        "this file is not the one that the build makes of the published documents, or its digest is not in SHA256SUMS; "
        "build again",
    ),
    "unclaimed_file": Label(
        "tidak ada pembaca untuk berkas ini, jadi tidak dapat diperiksa; hapus atau tambahkan pembacanya",
        "no parser reads this file, so it cannot be checked; remove it or add a parser",
    ),
    "unreadable_file": Label(
        "berkas tidak dapat dibaca, jadi tidak dapat diperiksa; perbaiki",
        "the file cannot be read, so it cannot be checked; mend it",
    ),
    "contradiction": Label(
        "angka yang diterbitkan tidak mungkin benar bersama-sama; perbaiki sebelum diperiksa ulang",
        "the published counts cannot all be true; mend them, then audit again",
    ),
    "not_solved": Label(
        "pemeriksaan tidak selesai, jadi tidak ada jaminan; sederhanakan tabel atau periksa pemecahnya",
        "the audit did not finish, so nothing is assured; simplify the tables or check the solver",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One way in which what is published gives a person away.

    subject: the cell or the file. chain: published addresses that together give it away. proof: what the finding
    rests on, "" where it can be read off the page. Never a value: a build log is a public place.
    """

    reason: Reason
    subject: str
    chain: tuple[str, ...] = ()
    proof: Proof | Literal[""] = ""

    def line(self, language: Language) -> str:
        """Give the breach as ``reason: cell: what; mend [addresses]``."""
        text = f"{self.reason}: {self.subject}: {WORDS[self.reason].text(language)}"
        return f"{text} [{' + '.join(self.chain)}]" if self.chain else text


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSummary:
    """What privacy.json says of an audit; no time and no path, so that the same input gives the same bytes.

    cells_audited: published counts from registers. targets: hidden cells attacked, in this and earlier releases.
    tightest_width: no hidden cell has a narrower interval; None where nothing is hidden. proofs: how many targets
    each kind of proof settled. insiders: ways of being counted that were tried as the knowledge of one insider.
    files_read: files of the folder, every one claimed by a parser. releases_compared: earlier releases read together
    with this one.
    """

    threshold: int
    width: int
    cells_audited: int
    targets: int
    tightest_width: int | None
    proofs: tuple[tuple[Proof, int], ...]
    files_read: int
    releases_compared: int
    breaches: int
    insiders: int = 0

    def words(self) -> Label:
        """Say in plain words what was attacked, also where there was nothing to attack."""
        if not self.cells_audited:
            return Label(
                "Tidak ada hitungan dari register di sini, jadi tidak ada angka tersembunyi yang dapat diserang. "
                f"Yang diperiksa: {self.files_read} berkas, agar tidak satu pun memuat data pribadi.",
                "No count here comes from a register, so there is no hidden figure to attack. "
                f"What was checked: {self.files_read} files, so that none holds personal data.",
            )
        if not self.targets:
            return Label(
                f"Hitungan dari register: {self.cells_audited}, dibaca dari {self.files_read} berkas. "
                "Tidak ada yang disembunyikan, jadi tidak ada angka tersembunyi yang dapat diserang.",
                f"Counts from registers: {self.cells_audited}, read from {self.files_read} files. "
                "Nothing is hidden, so there was no hidden figure to attack.",
            )
        return Label(
            f"Hitungan dari register: {self.cells_audited}, dibaca dari {self.files_read} berkas. Angka tersembunyi "
            f"yang diserang: {self.targets}; terungkap, atau menyempit sampai di bawah {self.width}: {self.breaches}.",
            f"Counts from registers: {self.cells_audited}, read from {self.files_read} files. Hidden figures attacked: "
            f"{self.targets}; worked out, or narrowed to less than {self.width}: {self.breaches}.",
        )

    def as_json(self) -> dict[str, object]:
        """Give the summary as a JSON object; every kind of proof is there, with 0 where it was not needed."""
        counted = dict(self.proofs)
        return {
            "threshold": self.threshold,
            "width": self.width,
            "cells_audited": self.cells_audited,
            "targets": self.targets,
            "tightest_width": self.tightest_width,
            "proofs": {kind: counted.get(kind, 0) for kind in get_args(Proof)},
            "insiders": self.insiders,
            "files_read": self.files_read,
            "releases_compared": self.releases_compared,
            "breaches": self.breaches,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditResult:
    """The verdict on a folder: breaches in order, none where it may be published, and the summary."""

    breaches: tuple[Breach, ...]
    summary: AuditSummary

    def lines(self, language: Language) -> tuple[str, ...]:
        """Give the verdict as lines to print: every breach, then one line of summary."""
        own = self.summary
        tightest = "-" if own.tightest_width is None else str(own.tightest_width)
        closing = Label(
            f"{own.cells_audited} sel register diperiksa, {own.targets} sel tersembunyi diserang, "
            f"rentang tersempit {tightest}, {own.breaches} kebocoran.",
            f"{own.cells_audited} register cells audited, {own.targets} hidden cells attacked, "
            f"tightest interval {tightest}, {own.breaches} breaches.",
        )
        return (
            *(breach.line(language) for breach in self.breaches),
            closing.text(language),
        )
