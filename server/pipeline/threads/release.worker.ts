import { parentPort } from "node:worker_threads";
import { perform } from "./tasks.ts";
import type { FromWorker, ToWorker } from "./worker-pool.ts";

/** A thread of a release: keeps what tasks share, does one task at a time. Runs as build/release.worker.mjs. */
const shared = new Map<string, unknown>();

parentPort?.on("message", (message: ToWorker) => {
  if (message.kind === "share") {
    shared.set(message.name, message.value);
    return;
  }
  parentPort?.postMessage(answerTo(message));
});

function answerTo({ id, task, shared: name, input }: ToWorker & { kind: "task" }): FromWorker {
  try {
    return { id, output: perform(task, shared.get(name), input) };
  } catch (error) {
    return { id, failed: error as Error };
  }
}
