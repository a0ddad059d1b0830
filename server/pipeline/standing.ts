import { canonicalJson, sha256 } from "../store/canonical.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import { type EarlierRelease, earlierReleases } from "./earlier-releases.ts";
import type { Survey } from "./gather-survey.ts";
import { type KeptGroupings, readGroupings } from "./kept-groupings.ts";
import type { ReleaseRequest } from "./release.ts";

/** Raised whenever any figure of a release may change for the same inputs. */
export const METHOD_VERSION = "11";

/** Where a release stands among those that readers have been shown. */
export type Standing = {
  id: string;
  /** Shown before it, first shown first: it is protected together with them. */
  earlier: readonly (EarlierRelease & { groupings: KeptGroupings | null })[];
  /** The frozen groupings that it takes over; null where they are made now. */
  kept: KeptGroupings | null;
};

/**
 * A release that was shown stands where it was; anything else follows all that were. Groups are taken over from the one before,
 * unless another k or a new model is asked for.
 */
export function standing(request: ReleaseRequest, chosen: readonly ChosenExtract[]): Standing {
  const { home, event, forced, newModel } = request;
  // Nobody is in synthetic data: what an earlier method showed of them, by weaker rules perhaps, stands in no one's way.
  const isReckonedWith = ({ document }: EarlierRelease) => !document.synthetic || document.method === METHOD_VERSION;
  const shown = earlierReleases(home, event.id)
    .filter(isReckonedWith)
    .map((release) => ({ ...release, groupings: readGroupings(home, release.id) }));
  const after = (count: number): Standing => {
    const earlier = shown.slice(0, count);
    const before = earlier.at(-1)?.groupings ?? null;
    const isAskedFor = newModel !== undefined || (forced !== undefined && forced.k !== before?.forcedK);
    return {
      id: identify(request, chosen, earlier.at(-1)?.id ?? null),
      earlier,
      kept: isAskedFor ? null : before,
    };
  };
  const again = shown.findIndex(({ id, document }) => identify(request, chosen, document.previous) === id);
  return after(again < 0 ? shown.length : again);
}

/** The release's id: of everything that its bytes follow from (INTERFACES §4). The frozen model is that of the previous release. */
function identify(
  { event, policy, words, forced, newModel }: ReleaseRequest,
  chosen: readonly ChosenExtract[],
  previous: string | null,
): string {
  const content = sha256(
    canonicalJson({
      extracts: chosen.map(({ extract, speaksFor }) => [extract.id, [...speaksFor].sort()]),
      codebooks: [...new Set(chosen.map(({ extract }) => extract.codebookHash))].sort(),
      lifeEvent: event,
      policy,
      method: METHOD_VERSION,
      words,
      model: newModel ? "new" : null,
      previous,
      k: forced?.k ?? null,
    }),
  );
  return `${event.id}.${content.slice(0, 12)}`;
}

/**
 * Seeds of everything drawn at random: of the reference wave's rows and items, the method, a purpose and a number. A later
 * wave, a word or a table more leaves the reference wave as it is, and so the frozen groups: they cannot be reshuffled by a
 * re-issue (METHOD §3.3).
 */
export function seedsOf(survey: Survey, referenceWave: string, items: readonly string[]) {
  const reference = survey.waves.find(({ wave }) => wave === referenceWave);
  const content = sha256(
    canonicalJson({ rows: reference?.content ?? "", items: [...items].sort(), method: METHOD_VERSION }),
  );
  return (purpose: string, k: number) => sha256(`${content} ${purpose} ${k}`);
}
