import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LifeEvent } from "../../../data/contracts/life-event.ts";
import { namesOf } from "./read-pointer.ts";

/** The catalogue of life events, in the order of their ids. */
export async function readLifeEvents(folder: string): Promise<LifeEvent[]> {
  const lifeEvents: LifeEvent[] = [];
  for (const name of await namesOf(folder)) {
    if (name.endsWith(".json"))
      lifeEvents.push(LifeEvent.parse(JSON.parse(await readFile(join(folder, name), "utf8"))));
  }
  return lifeEvents;
}
