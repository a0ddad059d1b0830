import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import { usersByService } from "./ask-services.ts";
import type { CutWave } from "./cut-waves.ts";
import { codesOfGrouping, type Groupings } from "./group-survey.ts";
import type { ScoredWave } from "./score-survey.ts";
import { whoCounts } from "./who-counts.ts";

/** A scored wave as its cells cut it: groups by code, who counts, whose rows, who used which service. */
export function cutWave(
  wave: ScoredWave,
  groupings: Groupings,
  { place, policy, variables }: { place: number; policy: DisclosurePolicy; variables: readonly string[] },
): CutWave {
  const codes = new Map<string, readonly (string | null)[]>(wave.backgrounds);
  for (const [variable, list] of groupings.codes) {
    const groups = groupings.waves[place]?.groups.get(variable);
    if (groups) codes.set(variable, codesOfGrouping(groups, list));
  }
  const cutting = new Map([...wave.backgrounds].filter(([id]) => variables.includes(id)));
  const { wave: code, persons, design, panel, hashes, answers, contributors } = wave;
  return {
    ...{ wave: code, design, codes, panel, hashes, answers, contributors },
    ...whoCounts(
      persons,
      {
        codes: cutting,
        troubles: groupings.waves[place]?.groups.get("troubles") ?? null,
      },
      policy.leftOutAtMost,
    ),
    users: usersByService(wave),
  };
}
