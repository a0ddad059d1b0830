/**
 * What the surroundings say to the starting scripts. server/env.ts is the only reader of process.env in the house;
 * this file is its twin for what runs before there is anything that could read TypeScript.
 */
import { resolve } from "node:path";

/** The home when `--home` is not given. */
export const homeFromSurroundings = (root) => resolve(root, process.env.TILANNEKUVA_HOME || ".tilannekuva");

/** The surroundings handed on to a child, with a few more words. */
export const surroundingsWith = (more = {}) => ({ ...process.env, ...more });

/** How npm is called: the one that runs us, else the one on the path. */
export function npmCall(args) {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.[cm]?js$/.test(script))
    return { file: process.execPath, args: [script, ...args], shell: false };
  return { file: "npm", args, shell: process.platform === "win32" };
}
