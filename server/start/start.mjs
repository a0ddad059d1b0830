// `npm start`. This file and node-version.mjs keep to what an old Node can parse, so that "wrong Node" is one sentence.
import { nodeProblem } from "./node-version.mjs";

const problem = nodeProblem(process.versions.node);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import("./main.mjs").then((module) => module.main(process.argv.slice(2)));
}
