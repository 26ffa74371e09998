const base = globalThis.process?.env.KALTIM_KOMPETEN ?? "https://kaltim-kompeten.invalid/";
const answer = await fetch(`${base}api/v1/progress.json`);
const { data } = await answer.json();

for (const { target, achieved } of data) {
  // null bukan 0, lihat status / null is not 0, see the status
  const reached = achieved.value ?? achieved.status;
  console.log([target.target_id, target.value, target.unit, reached, achieved.bound].join("\t"));
}
