"""What each column is called and means, in both languages: from the data packages, and here where those say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kompeten.forms.downloads.columns import Column
from kompeten.forms.downloads.tables import Table, TablePlan
from kompeten.ground.findings import Label
from kompeten.ground.vocabulary import BPS, KEMENDAGRI, of_system

Descriptor = Mapping[str, Any]
Descriptors = Mapping[str, Descriptor]
"""Package name to its descriptor; the packages of record, so that every table of the site is among them."""

Field = Mapping[str, Any]

GROUPS: Mapping[str, tuple[Label, str]] = {
    "target": (Label("Target", "Target"), "targets"),
    "achieved": (Label("Capaian", "Achieved"), ""),
    "rate": (Label("Angka turunan", "Rate"), ""),
    "participants": (Label("Peserta", "Participants"), ""),
    "participants_rate": (Label("Peserta per penduduk", "Participants per resident"), ""),
    "competent": (Label("Kompeten", "Competent"), ""),
    "competent_rate": (Label("Kompeten per penduduk", "Competent per resident"), ""),
}
"""Objects whose fields stand in columns of their own: their name, and the resource that titles the same fields."""

TEXTS: Mapping[str, tuple[Label, str]] = {
    "observation_id": (Label("Kode pengamatan", "Observation"), "Sel dan sumber digabung; tidak berubah."),
    "context_id": (Label("Kode baris konteks", "Context row"), "Tidak berubah."),
    "cell_id": (
        Label("Sel", "Cell"),
        "Alamat sel, sama untuk semua sumber: tahap/tahapan, lalu /dimensi=kode untuk tiap dimensi yang bukan _T.",
    ),
    "programme_id": (Label("Program", "Programme"), "Kode program."),
    "batch_id": (Label("Tahap", "Batch"), "Kode tahap."),
    "region_code": (Label("Kode wilayah (Kemendagri)", "Region code (Kemendagri)"), "Bertitik; bukan kode BPS."),
    "bps_code": (Label("Kode BPS", "BPS code"), "Kode Badan Pusat Statistik, tanpa titik."),
    "stage": (Label("Tahapan", "Stage"), "Tahapan yang dihitung."),
    "year": (Label("Tahun", "Year"), "Tahun anggaran; rentang waktu (kind cumulative) memakai tahun terakhirnya."),
    "whole_batch": (
        Label("Seluruh tahap", "Whole batch"),
        "true bila semua dimensi _T: angka ini memuat semua angka lain tahap dan tahapan itu.",
    ),
    "publisher": (
        Label("Penerbit", "Publisher"),
        "Penerbit sumbernya; kosong bila sumber tidak menyebut angka.",
    ),
    "publishers": (Label("Penerbit", "Publishers"), "Penerbit sumber-sumber itu, dipisah titik koma."),
    "source_ids": (Label("Sumber", "Sources"), "Sumber angka yang dijumlahkan, dipisah spasi."),
    "population_publisher": (
        Label("Penerbit angka penduduk", "Publisher of the population"),
        "Penerbit angka penduduk dan luas.",
    ),
    "unit": (Label("Satuan", "Unit"), "Satuan nilai; lihat daftar kode units."),
    "value": (
        Label("Nilai", "Value"),
        "Kosong tepat bila statusnya disembunyikan, tidak diketahui, atau tidak berlaku.",
    ),
    "status": (Label("Status", "Status"), "Arti nilai itu, atau arti kosongnya."),
    "precision": (Label("Ketepatan", "Precision"), "Seberapa pasti sumber menyebutnya; kosong bila nilainya kosong."),
    "as_of": (Label("Keadaan per", "As of"), "Tanggal yang disebut sumber; boleh tahun atau bulan saja."),
    "low": (Label("Terendah", "Low"), "Pernyataan pasti yang terkecil."),
    "high": (Label("Tertinggi", "High"), "Pernyataan pasti yang terbesar; kosong bila batas atasnya terbuka."),
    "high_of_known": (Label("Tertinggi yang diketahui", "High of known"), "Jumlah pernyataan pasti yang terbesar."),
    "bound": (Label("Batas", "Bound"), "Apakah jumlahnya pasti, sekurang-kurangnya, atau tidak diketahui."),
    "at_least": (
        Label("Sekurang-kurangnya", "At least"),
        "Jumlah bagian yang disebut sumber, bila tidak ada sumber yang menyebut keseluruhannya; selain itu kosong.",
    ),
    "batches": (Label("Tahap seluruhnya", "Batches"), "Banyaknya tahap program utama."),
    "batches_with_figure": (Label("Tahap dengan angka", "Batches with a figure"), "Tahap yang ikut dihitung."),
    "batches_without_figure": (
        Label("Tahap tanpa angka", "Batches without a figure"),
        "Tahap yang tidak punya angka publik; bukan nol. Dipisah spasi.",
    ),
    "measure_id": (Label("Rumus", "Formula"), "Lihat tabel measures."),
    "numerator": (Label("Pembilang", "Numerator"), "Kosong bila sebagian darinya tidak diterbitkan."),
    "denominator": (Label("Penyebut", "Denominator"), "Kosong bila sebagian darinya tidak diterbitkan."),
    "decimals": (Label("Desimal", "Decimals"), "Banyaknya angka di belakang koma yang diterbitkan."),
    "statements": (Label("Pernyataan", "Statements"), "Banyaknya sumber yang menyebut nilai."),
    "sentence_id": (Label("Kalimat (Indonesia)", "Sentence (Indonesian)"), "Hal yang sama dengan kata-kata."),
    "sentence_en": (Label("Kalimat (Inggris)", "Sentence (English)"), "Hal yang sama dengan kata-kata."),
    "venue_region_codes": (
        Label("Tempat pelatihan", "Venues"),
        "Kode wilayah tempat pelatihan, dipisah spasi; bukan tempat tinggal peserta.",
    ),
    "population": (Label("Penduduk", "Population"), "Banyaknya penduduk; kosong bila situs ini tidak punya angkanya."),
    "population_period": (Label("Periode penduduk", "Period of the population"), "Semester yang dihitung."),
    "population_source_id": (Label("Sumber penduduk", "Source of the population"), "Sumber penduduk dan luas."),
    "area_km2": (Label("Luas (km²)", "Area (km²)"), "Luas dalam kilometer persegi."),
    "ikn_territory": (Label("Wilayah IKN", "IKN territory"), "Apakah sebagian wilayahnya termasuk Ibu Kota Nusantara."),
    "figures": (Label("Banyaknya angka", "Figures"), "Banyaknya angka di situs ini yang bersandar padanya."),
    "source_id": (Label("Sumber", "Source"), "Kode sumber dalam tabel sources."),
    "source_url": (Label("Alamat sumber", "Address of the source"), "Kosong bila belum dipastikan."),
    "text_kind": (
        Label("Jenis teks", "Kind of text"),
        "Jenis teks tempat angka ini dibaca; kosong bila tidak ada.",
    ),
    "preferred": (Label("Dipilih", "Preferred"), "true bila angka ini yang dipakai untuk menghitung."),
    "preferred_value": (Label("Nilai yang dipakai", "Preferred value"), "Angka yang dipakai situs ini."),
    "preferred_source_id": (Label("Sumber yang dipakai", "Preferred source"), "Sumber angka yang dipakai."),
    "reason_id": (Label("Alasan (Indonesia)", "Reason (Indonesian)"), "Mengapa sumber itu yang dipakai."),
    "reason_en": (Label("Alasan (Inggris)", "Reason (English)"), "Mengapa sumber itu yang dipakai."),
    "smallest": (Label("Pernyataan terkecil", "Smallest"), "Pernyataan terkecil, pasti atau tidak."),
    "largest": (Label("Pernyataan terbesar", "Largest"), "Pernyataan terbesar, pasti atau tidak."),
    "table": (Label("Tabel", "Table"), "Tabel yang memuat pernyataan itu."),
    "title_id": (Label("Judul (Indonesia)", "Title (Indonesian)"), "Apa yang dihitung, dengan kata-kata."),
    "title_en": (Label("Judul (Inggris)", "Title (English)"), "Apa yang dihitung, dengan kata-kata."),
    "note_id": (Label("Catatan (Indonesia)", "Note (Indonesian)"), "Bagaimana sumber menyebutnya."),
    "note_en": (Label("Catatan (Inggris)", "Note (English)"), "Bagaimana sumber menyebutnya."),
    "code": (Label("Kode", "Code"), "Selalu teks."),
    "parent_code": (Label("Kode induk", "Parent code"), "Kode yang memuatnya."),
    "order": (Label("Urutan", "Order"), "Urutan tampil, bila daftar itu punya."),
    "name_id": (Label("Nama (Indonesia)", "Name (Indonesian)"), "Nama."),
    "name_en": (Label("Nama (Inggris)", "Name (English)"), "Nama."),
    "definition_id": (Label("Definisi (Indonesia)", "Definition (Indonesian)"), "Definisi."),
    "definition_en": (Label("Definisi (Inggris)", "Definition (English)"), "Definisi."),
    "kind": (Label("Jenis", "Kind"), "Jenis, tingkat, atau fase."),
    "valid_from": (
        Label("Berlaku sejak", "Valid from"),
        "Hari kode mulai berlaku; kosong bila lebih tua dari datanya.",
    ),
    "valid_to": (Label("Berlaku sampai", "Valid to"), "Hari terakhir kode berlaku; kosong bila masih berlaku."),
    "successors": (Label("Penerus", "Successors"), "Kode yang mengambil alih seluruh atau sebagiannya, dipisah spasi."),
    "stated_unit": (Label("Satuan menurut sumber", "Unit as stated"), "Satuan yang ditulis sumber itu."),
    "bounded_by": (Label("Dibatasi oleh", "Bounded by"), "Tahapan yang tidak boleh dilampauinya."),
}
"""Title in both languages and description in Indonesian, by name; the English description is that of the shape."""

EXAMPLES = {KEMENDAGRI: "64.02", BPS: "6403"}
"""The same place in both systems."""

KEPT = ("title", "title_en", "description", "description_en", "konsep", "ukuran", "satuan")
"""Properties of a field that a reader is shown; the last three after the data standard of Satu Data Indonesia."""

NEEDED = frozenset(KEPT[:4])
"""A field of a contributed package that lacks one of these is titled here, or at worst by its name."""


def record_fields(descriptors: Descriptors, resource: str) -> Mapping[str, Field]:
    """Give the fields of one resource of the data packages by name; none where there is no such resource."""
    for descriptor in descriptors.values():
        for found in descriptor["resources"]:
            if found["name"] == resource:
                return {field["name"]: field for field in found["schema"]["fields"]}
    return {}


def column_texts(table: Table, descriptors: Descriptors) -> Mapping[str, Field]:
    """Give title, title_en, description, description_en and the Satu Data properties of each column of a table."""
    return {column.name: _texts(table.plan, column, descriptors) for column in table.columns}


def _texts(plan: TablePlan, column: Column, descriptors: Descriptors) -> Field:
    group, titled = GROUPS.get(column.group, (Label("", ""), plan.record))
    field = record_fields(descriptors, titled).get(column.base, {})
    if field.keys() >= NEEDED:
        own = {name: field[name] for name in KEPT if name in field}
    else:
        title, description = TEXTS.get(column.base, (Label(column.name, column.name), column.description))
        own = {
            "title": title.id,
            "title_en": title.en,
            "description": description,
            "description_en": column.description,
        }
    if column.system:
        example = of_system(EXAMPLES[column.system], column.system)
        own["description"] = f"{own['description']} Dalam berkas CSV ditulis {example}."
        own["description_en"] = f"{own['description_en']} Written {example} in CSV files."
    if column.group:
        own |= {"title": f"{group.id}: {own['title']}", "title_en": f"{group.en}: {own['title_en']}"}
    return own
