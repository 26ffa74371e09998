// Ask the public API three questions. Node 20 or a browser, no packages: node javascript_client.mjs https://host/path/

/** Give the data of one document. */
async function data(baseUrl, name) {
  const answer = await fetch(`${baseUrl.replace(/\/$/, "")}/api/v1/${name}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return (await answer.json()).data;
}

/** Was the target met, and by which count? Which regency has most per 10,000? Where do sources disagree? */
export async function* answers(baseUrl, year = 2025) {
  for (const { target, achieved, sentence } of await data(baseUrl, "progress.json")) {
    if (target.year !== year || target.kind !== "target" || target.unit !== "peserta") continue;
    const met = achieved.value !== null && achieved.value >= target.value;
    const word = met ? "met" : achieved.bound === "exact" ? "not met" : "not known to be met";
    yield `${target.target_id}: ${word}. ${sentence.en}`;
  }
  const places = (await data(baseUrl, "regions.json")).filter((row) => row.kind !== "provinsi");
  const rates = places.map((row) => [row.name.en, row.participants.rate?.value ?? null]);
  const known = rates.filter(([, rate]) => rate !== null); // null is not 0: leave it out
  for (const [name, rate] of known.sort((a, b) => b[1] - a[1]).slice(0, 1))
    yield `${name}: ${rate} participants per 10,000 residents.`;
  yield `${rates.length - known.length} of ${rates.length} regencies and cities have no published rate.`;
  for (const row of await data(baseUrl, "conflicts.json")) {
    const values = `${row.smallest} to ${row.largest} ${row.unit}, preferred ${row.preferred_value}`;
    yield `${row.title.en}: ${values} (${row.preferred_source_id}).`;
  }
}

if (globalThis.process) for await (const line of answers(process.argv[2])) console.log(line);
