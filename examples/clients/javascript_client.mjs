// Ask the public API three questions. Node 20 or a browser, no packages: node javascript_client.mjs https://host/path/

/** Fetch one document and give its data. */
async function data(baseUrl, name) {
  const answer = await fetch(`${baseUrl.replace(/\/$/, "")}/api/v1/${name}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return (await answer.json()).data;
}

/** Was the target met, and by which count? Which regency has most per 10,000? Where do sources disagree? */
export async function answers(baseUrl, year = 2025) {
  const said = [];
  for (const { target, achieved, sentence } of await data(baseUrl, "progress.json")) {
    if (target.year !== year || target.kind !== "target" || target.unit !== "peserta") continue;
    const met = achieved.value !== null && achieved.value >= target.value;
    const no = achieved.bound === "exact" ? "not met" : "cannot be said";
    said.push(`${target.target_id}: ${met ? "met" : no}. ${sentence.en}`);
  }
  const places = (await data(baseUrl, "regions.json")).filter((r) => r.kind !== "provinsi" && r.participants.rate);
  const known = places.filter((r) => r.participants.rate.value !== null); // null is not 0: leave it out
  known.sort((a, b) => b.participants.rate.value - a.participants.rate.value);
  for (const { name, participants } of known.slice(0, 1))
    said.push(`${name.en}: ${participants.rate.value} participants per 10,000 residents.`);
  said.push(`${places.length - known.length} of ${places.length} regencies and cities have no published rate.`);
  for (const row of await data(baseUrl, "conflicts.json")) {
    const values = `${row.smallest} to ${row.largest} ${row.unit}, preferred ${row.preferred_value}`;
    said.push(`${row.title.en}: ${values} (${row.preferred_source_id}).`);
  }
  return said;
}

if (globalThis.process) console.log((await answers(process.argv[2])).join("\n"));
