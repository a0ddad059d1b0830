import type { Names } from "../../data/contracts/names.ts";
import type { SkillsDescription } from "../../data/contracts/release.ts";
import { type Finding, isValue, numberOf } from "./finding.ts";
import type { KeyedCell, View } from "./view.ts";

/** A skill of everyone in a wave: who holds it, how much it is asked for, and whether it is missing most. */
export type SkillView = {
  id: string;
  name: Names | null;
  held: KeyedCell | null;
  asked: KeyedCell | null;
  count: KeyedCell | null;
  isMissing: boolean;
};
export type SkillsView = {
  months: SkillsDescription["weighed"][number]["months"];
  rows: SkillView[];
};

/** Skills held beside skills asked for, those missing most first; null where the release has none for the wave. */
export function skillsOf(view: View): SkillsView | null {
  const weighed = view.cells.release.skills?.weighed.find(
    ({ at }) => at.wave === view.wave && Object.keys(at).length === 1,
  );
  if (!weighed) return null;
  const cellOf = (key: string | null) => (key === null ? null : view.cells.get(key));
  return {
    months: weighed.months,
    rows: weighed.skills.map(({ skill, cells, asked, held }) => ({
      id: skill,
      name: view.cells.release.skills?.names.find(({ id }) => id === skill)?.name ?? null,
      held: cellOf(cells.held),
      asked: cellOf(cells.asked),
      count: cellOf(cells.count),
      isMissing: asked === "above" && held === "below",
    })),
  };
}

/** Which skills work asks for often and few hold. */
export function skillsSaid(view: View): Finding | null {
  const found = skillsOf(view);
  if (!found) return null;
  const list = found.rows.flatMap(({ isMissing, name, held, asked }): Finding[] =>
    isMissing && isValue(held) && isValue(asked) && name
      ? [
          {
            id: "skill-item",
            values: { skill: { inside: name } },
            cells: { held: numberOf(held), asked: numberOf(asked) },
          },
        ]
      : [],
  );
  return list.length > 0
    ? { id: "skills-missing", values: {}, cells: {}, list }
    : { id: "skills-none", values: {}, cells: {} };
}
