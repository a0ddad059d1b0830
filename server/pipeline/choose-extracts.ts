import type { Codebook } from "../../data/contracts/codebook.ts";
import type { Extract } from "../../data/contracts/extract.ts";
import type { LifeEvent, SourceRole } from "../../data/contracts/life-event.ts";

/** An extract that a release takes, with what of it counts. */
export type ChosenExtract = {
  extract: Extract;
  codebook: Codebook;
  role: SourceRole;
  /** `contributor wave` pairs that this extract speaks for. */
  speaksFor: ReadonlySet<string>;
};

export const pairOf = (contributor: string, wave: string) => `${contributor} ${wave}`;

/**
 * Every ready extract of the life event's codebooks; of two of one codebook for the same contributor and wave, the later
 * (INTERFACES §3). An extract whose every contributor and wave came again later is left out.
 */
export function chooseExtracts(
  event: LifeEvent,
  extracts: readonly Extract[],
  codebookOf: (extract: Extract) => Codebook,
): ChosenExtract[] {
  const chosen: ChosenExtract[] = [];
  for (const { codebook, role } of event.sources) {
    const candidates = extracts
      .filter((extract) => extract.codebook === codebook)
      .sort((left, right) => right.sequence - left.sequence);
    const taken = new Set<string>();
    for (const extract of candidates) {
      const pairs = extract.contributors.flatMap((contributor) =>
        extract.waves.map((wave) => pairOf(contributor, wave)),
      );
      const fresh = pairs.filter((pair) => !taken.has(pair));
      for (const pair of fresh) taken.add(pair);
      if (fresh.length > 0) chosen.push({ extract, codebook: codebookOf(extract), role, speaksFor: new Set(fresh) });
    }
  }
  return chosen.sort((left, right) => (left.extract.id < right.extract.id ? -1 : 1));
}
