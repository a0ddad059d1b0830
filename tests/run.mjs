// `npm test`: finds or installs what it needs, runs everything, counts everything.
import { nodeProblem } from "../server/start/node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./gates/everything.mjs").then((module) => module.runEverything());
}
