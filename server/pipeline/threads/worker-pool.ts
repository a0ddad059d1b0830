import { Worker } from "node:worker_threads";
import type { TaskName, TaskOf } from "./tasks.ts";

/** What a worker is told: something that many tasks share, or a task. */
export type ToWorker =
  | { kind: "share"; name: string; value: unknown }
  | { kind: "task"; id: number; task: TaskName; shared: string; input: unknown };
export type FromWorker = { id: number; output: unknown } | { id: number; failed: Error };

/** Heavy work of a release, divided among worker threads. Which thread does what never shows in an answer. */
export type WorkerPool = {
  /** Gives every worker a value that tasks refer to by name; a later value of the same name takes its place. */
  share<T extends TaskName>(name: string, value: TaskOf<T>["shared"]): void;
  /** One task an input; answers in the order of the inputs, whichever thread was first. `far` hears how many are done. */
  map<T extends TaskName>(
    task: T,
    shared: string,
    inputs: readonly TaskOf<T>["input"][],
    far?: (done: number, of: number) => void,
  ): Promise<TaskOf<T>["output"][]>;
};

type Pending = { resolve: (output: unknown) => void; reject: (reason: Error) => void };

/**
 * Runs `work` with a pool of threads, each running the worker file, and ends them whatever happens. Aborting `signal` ends
 * them at once: the work is rejected with the signal's reason. An error in a task rejects its map.
 */
export async function withWorkers<T>(
  { file, threads, signal }: { file: string; threads: number; signal?: AbortSignal },
  work: (pool: WorkerPool) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const workers = Array.from({ length: threads }, () => new Worker(file));
  const pending = new Map<number, Pending>();
  const queue: (ToWorker & { kind: "task" })[] = [];
  const idle = [...workers];
  let tasks = 0;
  let broken: Error | null = null;

  const failAll = (reason: Error) => {
    broken = reason;
    for (const { reject } of pending.values()) reject(reason);
    pending.clear();
    queue.length = 0;
  };
  const giveWork = () => {
    while (idle.length > 0 && queue.length > 0) idle.pop()?.postMessage(queue.shift());
  };
  for (const worker of workers) {
    worker.on("message", (answer: FromWorker) => {
      idle.push(worker);
      const asked = pending.get(answer.id);
      pending.delete(answer.id);
      if ("failed" in answer) asked?.reject(answer.failed);
      else asked?.resolve(answer.output);
      giveWork();
    });
    worker.on("error", failAll);
  }
  const pool: WorkerPool = {
    share: (name, value) => {
      for (const worker of workers) worker.postMessage({ kind: "share", name, value } satisfies ToWorker);
    },
    map: async (task, shared, inputs, far) => {
      if (broken) throw broken;
      let done = 0;
      const answers = inputs.map((input) => {
        const id = tasks++;
        const answer = new Promise<unknown>((resolve, reject) => pending.set(id, { resolve, reject }));
        queue.push({ kind: "task", id, task, shared, input });
        return answer.then((output) => {
          far?.(++done, inputs.length);
          return output;
        });
      });
      giveWork();
      return (await Promise.all(answers)) as TaskOf<typeof task>["output"][];
    },
  };
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => {
      failAll(signal.reason);
      reject(signal.reason);
    });
  });
  try {
    return await Promise.race([work(pool), aborted]);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
