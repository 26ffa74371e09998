const base = globalThis.process?.env.KALTIM_KOMPETEN ?? "https://kaltim-kompeten.invalid/";
const answer = await fetch(`${base}api/v1/observations.json`);
const { data } = await answer.json();

const counted = data.filter(
  (row) =>
    row.programme_id === "kaltim" && row.year === 2025 && row.stage === "peserta" &&
    row.preferred && // satu sumber satu angka / one source a figure
    row.whole_batch && // _T sudah memuat bagiannya / _T already holds its parts
    row.kind !== "cumulative", // rentang waktu tidak ditambahkan / spans of time are never added
);
const missing = counted.filter((row) => row.value === null); // kosong bukan nol / empty is not zero
console.log([counted.reduce((sum, row) => sum + (row.value ?? 0), 0), missing.length].join("\t"));
