import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runChild } from "./child.mjs";
import { hashFile, hashOf } from "./hash.mjs";
import { StartProblem, tail } from "./problem.mjs";
import { readStamp, removeStamp, whyStale, writeStamp } from "./stamp.mjs";
import { npmCall } from "./surroundings.mjs";

/** The stamp belongs to what it speaks of: whoever removes node_modules removes it too. */
const stampFile = (root) => join(root, "node_modules", ".tilannekuva-packages.json");

/** Installs the packages of the lock file unless they are there already. */
export async function installPackages(root, say) {
  const file = stampFile(root);
  const why = whyStale(readStamp(file), packageFiles(root));
  if (why === null) return say.fresh("packages");
  await say.step("packages", why, async () => {
    removeStamp(file);
    const npm = npmCall(["install", "--include=dev", "--no-audit", "--no-fund"]);
    const { code, output } = await runChild(npm.file, npm.args, { cwd: root, shell: npm.shell });
    if (code !== 0) {
      throw new StartProblem("The packages could not be installed; npm says why below.", { detail: tail(output) });
    }
    return { what: tail(output, 1).trim() };
  });
  writeStamp(file, "packages", packageFiles(root), null); // read again: npm may have completed the lock file
}

/** What decides which packages there are. Of package.json only that part: a new script installs nothing. */
function packageFiles(root) {
  const { dependencies, devDependencies, optionalDependencies, overrides, engines } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const asked = JSON.stringify({ dependencies, devDependencies, optionalDependencies, overrides, engines });
  const files = { "package.json": hashOf(asked), platform: `${process.platform}-${process.arch}` };
  for (const name of ["package-lock.json", ".npmrc"]) {
    if (existsSync(join(root, name))) files[name] = hashFile(join(root, name));
  }
  return files;
}
