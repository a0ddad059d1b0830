import { existsSync, readdirSync, rmdirSync } from "node:fs";
import type { Problem } from "../../data/contracts/problem.ts";
import type { Progress } from "../pipeline/ingest.ts";
import { type Home, homeProblem, lockHome, prepareHome } from "../store/home.ts";
import type { Speaker } from "./say.ts";

/** One call of the command, its options parsed and the world around it given. */
export type Call = {
  root: string;
  home: Home;
  values: { [option: string]: string | undefined };
  files: string[];
  json: boolean;
  threads: number;
  speaker: Speaker;
  progress: Progress;
  seconds: () => number;
};

/** A verb's answer: a document with a sentence for people, plain bytes, or what is wrong. */
export type Answer =
  | { document: Record<string, unknown>; sentence: string }
  | { bytes: Uint8Array | string }
  | Problem[];

export type Verb = {
  files: number;
  options: { name: string; needed?: boolean }[];
  run: (call: Call) => Promise<Answer>;
};

/** A verb that writes: holds the home alone, and leaves nothing of a home behind that was not there when refused. */
export async function writing(call: Call, work: () => Promise<Answer>): Promise<Answer> {
  const { home } = call;
  const existed = existsSync(home.root);
  const problem = homeProblem(home);
  if (problem) return [problem];
  const lock = lockHome(home);
  if (!("unlock" in lock)) return [lock];
  try {
    const answer = await work();
    if (!Array.isArray(answer)) prepareHome(home);
    return answer;
  } finally {
    lock.unlock();
    if (!existed && existsSync(home.root) && readdirSync(home.root).length === 0) rmdirSync(home.root);
  }
}

/** A verb that only reads. */
export async function reading(call: Call, work: () => Promise<Answer>): Promise<Answer> {
  const problem = homeProblem(call.home);
  return problem ? [problem] : work();
}
