// `npm run check`: what can be known in half a minute: types, lint, doors and the pure rooms' tests.
import { nodeProblem } from "../server/start/node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./gates/everything.mjs").then((module) => module.runQuickly());
}
