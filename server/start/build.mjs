// `npm run build`: the command, then the pages, each only when its sources have changed. `--command-only` leaves the pages.
import { nodeProblem } from "./node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./main.mjs").then((module) => module.build(process.argv.slice(2)));
}
