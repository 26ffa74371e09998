// Prints, for each JSON-stat file named, what the JSON-stat toolkit finds in it: values, labels and hierarchies.
import { readFileSync } from "node:fs";
import JSONstat from "jsonstat-toolkit";

for (const path of process.argv.slice(2)) {
  const read = JSONstat(JSON.parse(readFileSync(path, "utf8")));
  const nested = read.id.filter((name) => read.Dimension(name).hierarchy);
  const labels = read.id.map((name) => read.Dimension(name).label);
  console.log(JSON.stringify({ path, class: read.class, values: read.Data().map((cell) => cell.value), labels, nested }));
}
