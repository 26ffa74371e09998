// The batches of one year and who says what of them, asked by a client with the types of the description.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const client = createClient<paths>({ baseUrl: process.argv[2]! });
const { data: list } = await client.GET("/api/v1/batches.json");
for (const batch of list!.data.filter((each) => each.year === 2025 && each.kind !== "cumulative")) {
  const { data } = await client.GET("/api/v1/batches/{batch_id}.json", { params: { path: { batch_id: batch.batch_id } } });
  const said = data!.data.observations.filter((row) => row.whole_batch && row.stage === "peserta");
  console.log(batch.batch_id, batch.participants.value, said.length);
}
