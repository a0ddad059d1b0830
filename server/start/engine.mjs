import {
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createGzip } from "node:zlib";
import { hashFile } from "./hash.mjs";
import { doIfStale } from "./stamp.mjs";

const PACKAGE = "node_modules/@duckdb/duckdb-wasm";
const SELF = "server/start/engine.mjs";
const FILES = { wasm: "duckdb-eh.wasm", worker: "duckdb-browser-eh.worker.js" };

/**
 * Puts the browser's engine where the pages serve it from: `public/engine/duckdb-<version>/`. The wasm lies there compressed and is
 * served so (next.config.js), since 34 MB would otherwise be compressed again for every reader; the version is in the path, so
 * neither file ever changes.
 */
export async function layEngine(root, say) {
  const { version } = JSON.parse(readFileSync(join(root, PACKAGE, "package.json"), "utf8"));
  const engines = join(root, "public", "engine");
  const folder = join(engines, `duckdb-${version}`);
  await doIfStale(
    {
      name: "build engine",
      stampFile: join(root, "build", "stamps", "engine.json"),
      files: { [PACKAGE]: version, [SELF]: hashFile(join(root, SELF)) },
      stillThere: () => Object.values(FILES).every((name) => existsSync(join(folder, name))),
      work: async () => {
        rmSync(engines, { recursive: true, force: true });
        const partial = `${folder}.partial`;
        mkdirSync(partial, { recursive: true });
        copyFileSync(join(root, PACKAGE, "dist", FILES.worker), join(partial, FILES.worker));
        await pipeline(
          createReadStream(join(root, PACKAGE, "dist", FILES.wasm)),
          createGzip({ level: constants.Z_BEST_COMPRESSION }),
          createWriteStream(join(partial, FILES.wasm)),
        );
        renameSync(partial, folder);
        return { what: `DuckDB ${version}` };
      },
    },
    say,
  );
}
