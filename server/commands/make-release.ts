import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { LifeEvent } from "../../data/contracts/life-event.ts";
import { LANGUAGES, type Language } from "../../data/contracts/names.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { checkLifeEvent } from "../pipeline/check-life-event.ts";
import type { ReleaseWords } from "../pipeline/describe-release.ts";
import { makeRelease } from "../pipeline/release.ts";
import { readClassifications, readPolicy, sqlFolder } from "../store/catalogue.ts";
import { named, readDocument } from "./check-codebook.ts";
import { type Answer, type Call, writing } from "./verb.ts";

/** `release --life-event ID|FILE [--k N --reason TEXT]`. */
export async function makeReleaseOf(call: Call): Promise<Answer> {
  const forced = chosenK(call);
  if (Array.isArray(forced)) return forced;
  const event = readLifeEvent(call, call.values["life-event"] as string);
  if (Array.isArray(event)) return event;
  return writing(call, async () => {
    const made = await makeRelease({
      home: call.home,
      event,
      policy: readPolicy(call.root),
      classifications: readClassifications(call.root),
      words: Object.fromEntries(LANGUAGES.map((language) => [language, wordsOf(call.root, language)])) as Record<
        Language,
        ReleaseWords
      >,
      ...(forced && { forced }),
      sqlFolder: sqlFolder(call.root),
      threads: call.threads,
      progress: call.progress,
    });
    if (Array.isArray(made)) return made;
    const document = { ...made, seconds: call.seconds() };
    return {
      document,
      sentence: call.speaker.text(made.already ? "done.release-already" : "done.release", {
        release: made.release,
        ...made.cells,
        seconds: call.seconds(),
      }),
    };
  });
}

function chosenK({ values }: Call): { k: number; reason: string } | null | Problem[] {
  if (values.k === undefined)
    return values.reason === undefined ? null : [{ code: "misuse-reason-without-k", where: {}, fields: {} }];
  const k = Number(values.k);
  if (!Number.isInteger(k) || k < 2 || k > 8) return [{ code: "misuse-k", where: {}, fields: { given: values.k } }];
  if (!values.reason?.trim()) return [{ code: "misuse-k-without-reason", where: {}, fields: {} }];
  return { k, reason: values.reason };
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

function wordsOf(root: string, language: Language): ReleaseWords {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(root, "data", "words", language, `${name}.json`), "utf8"));
  return { dimensions: read("dimensions"), segments: read("segments") };
}
