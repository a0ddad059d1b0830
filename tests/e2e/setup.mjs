import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeTree } from "../../server/start/remove-tree.mjs";
import { prepareHome, serve } from "../prepared-home.mjs";

/**
 * Before the tests of the pages: a home of their own, made of the samples by the real command, and a server on it.
 * Its address is TILANNEKUVA_TEST_URL, its home TILANNEKUVA_TEST_HOME. Gives back how to end both.
 */
export default async function setup() {
  const home = mkdtempSync(join(tmpdir(), "tilannekuva-e2e-"));
  cpSync(await prepareHome(), home, { recursive: true });
  const { url, stop } = await serve(home);
  process.env.TILANNEKUVA_TEST_URL = url;
  process.env.TILANNEKUVA_TEST_HOME = home;
  return async () => {
    await stop();
    removeTree(home);
  };
}
