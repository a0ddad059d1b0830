import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Release } from "../../data/contracts/release.ts";
import { pointTo, readPointers, releaseStands } from "../store/published/write-release.ts";
import { type Answer, type Call, writing } from "./verb.ts";

/** `publish --release ID`: makes it the picture that readers see. The id of an earlier release rolls back. */
export async function publishRelease(call: Call): Promise<Answer> {
  const id = call.values.release as string;
  return writing(call, async () => {
    if (!/^[a-z0-9][a-z0-9-]*\.[0-9a-f]{12}$/.test(id) || !releaseStands(call.home, id))
      return [{ code: "release-not-found", where: {}, fields: { release: id } }];
    const { lifeEvent } = Release.parse(
      JSON.parse(readFileSync(join(call.home.published, id, "release.json"), "utf8")),
    );
    const previous = readPointers(call.home)[lifeEvent.id]?.release ?? null;
    if (previous !== id) pointTo(call.home, lifeEvent.id, id, new Date().toISOString());
    return {
      document: { lifeEvent: lifeEvent.id, release: id, previous },
      sentence: call.speaker.text("done.publish", { lifeEvent: lifeEvent.id, release: id }),
    };
  });
}
