import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { LANGUAGES, type Language } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { checkLifeEvent } from "../pipeline/check-life-event.ts";
import { makeRelease } from "../pipeline/release.ts";
import type { WordsOfLanguage } from "../pipeline/release-words.ts";
import { readClassifications, readPolicy, sqlFolder } from "../store/catalogue.ts";
import { named, readDocument } from "./check-codebook.ts";
import { type Answer, type Call, writing } from "./verb.ts";

/** `release --life-event ID|FILE [--k N | --new-model, --reason TEXT]`. */
export async function makeReleaseOf(call: Call): Promise<Answer> {
  const forced = chosenK(call);
  if (Array.isArray(forced)) return forced;
  const event = readLifeEvent(call, call.values["life-event"] as string);
  if (Array.isArray(event)) return event;
  return writing(call, () =>
    endingOnSignal(async (signal) => {
      const made = await makeRelease({
        home: call.home,
        event,
        policy: readPolicy(call.root),
        classifications: readClassifications(call.root),
        words: Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(call.root, language)])) as Record<
          Language,
          WordsOfLanguage
        >,
        ...(forced?.k !== undefined && { forced: { k: forced.k, reason: forced.reason } }),
        ...(forced?.newModel && { newModel: { reason: forced.reason } }),
        sqlFolder: sqlFolder(call.root),
        workerFile: join(call.root, "build", "release.worker.mjs"),
        signal,
        threads: call.threads,
        progress: call.progress,
      });
      if (Array.isArray(made)) return made;
      const document = { ...made, seconds: call.seconds() };
      const done = call.speaker.text(made.already ? "done.release-already" : "done.release", {
        release: made.release,
        ...made.cells,
        seconds: call.seconds(),
      });
      const tables = made.leftOut.map((table) => table.join(" × ")).join(", ");
      const without = call.speaker.text("done.release-without", { tables });
      return { document, sentence: made.leftOut.length > 0 ? `${done}\n${without}` : done };
    }),
  );
}

/** Work that Ctrl-C or SIGTERM ends: threads stop, nothing is half-written, the lock is given back. */
export async function endingOnSignal(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const controller = new AbortController();
  const end = () => controller.abort(new Error("cancelled"));
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (error === controller.signal.reason) return [{ code: "cancelled", where: {}, fields: {} }];
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

type Asked = { k?: number; newModel: boolean; reason: string };

/** Another number of groups, or groups made anew: either needs a reason. */
function chosenK({ values }: Call): Asked | null | Problem[] {
  const newModel = values["new-model"] !== undefined;
  if (values.k === undefined && !newModel)
    return values.reason === undefined ? null : [{ code: "misuse-reason-without-k", where: {}, fields: {} }];
  const k = values.k === undefined ? undefined : Number(values.k);
  if (k !== undefined && (!Number.isInteger(k) || k < 2 || k > 8))
    return [{ code: "misuse-k", where: {}, fields: { given: values.k as string } }];
  if (!values.reason?.trim()) return [{ code: "misuse-k-without-reason", where: {}, fields: {} }];
  return { ...(k !== undefined && { k }), newModel, reason: values.reason };
}

/** A life event by its id in the catalogue, or from a file. */
function readLifeEvent(call: Call, given: string): LifeEvent | Problem[] {
  const inCatalogue = join(call.root, "data", "life-events", `${given}.json`);
  const path = /^[a-z0-9][a-z0-9-]*$/.test(given) && existsSync(inCatalogue) ? inCatalogue : resolve(given);
  if (!existsSync(path)) return [{ code: "life-event-not-found", where: {}, fields: { given } }];
  const document = readDocument(path);
  if (Array.isArray(document)) return document;
  const checked = checkLifeEvent(document.value);
  return Array.isArray(checked) ? named(checked, path) : checked;
}

export function wordsOf(root: string, language: Language): WordsOfLanguage {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(root, "data", "words", language, `${name}.json`), "utf8"));
  return { dimensions: read("dimensions"), release: read("release") };
}
