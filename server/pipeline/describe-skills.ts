import type { Cell } from "../../data/contracts/cell.ts";
import { cellKey } from "../../data/contracts/cell-key.ts";
import type { Names } from "../../data/contracts/names.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Published } from "../../data/contracts/published.ts";
import type { Measure } from "../../data/contracts/release.ts";
import { type AskedSkills, askedCells, askedMeasures } from "./count-skills.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import type { Judged } from "./estimate-question.ts";
import type { Survey } from "./gather-survey.ts";
import type { ReleaseWords } from "./release-words.ts";
import { type WeighedSkills, weighSkills } from "./weigh-skills.ts";

/** What a release says of skills beside who holds them: what work asks for, and which are missing most. */
export type SkillsOfRelease = {
  cells: Published<Cell>[];
  measures: Measure[];
  skills: { codebook: string; names: { id: string; name: Names }[]; weighed: WeighedSkills[] } | null;
};

/** Cells and measures of mentions, and skills held against skills asked for; nothing where no extract counts mentions. */
export function describeSkills(
  asked: AskedSkills | null,
  { waves, lattice }: { waves: readonly Pick<CutWave, "wave">[]; lattice: Pick<Lattice, "codes"> },
  {
    survey,
    judged,
    policy,
    words,
  }: { survey: Pick<Survey, "skills">; judged: readonly Judged[]; policy: DisclosurePolicy; words: ReleaseWords },
): SkillsOfRelease {
  if (!asked) return { cells: [], measures: [], skills: null };
  const cut = { waves: waves.map(({ wave }) => wave), lattice };
  const cells = askedCells(asked, cut, policy);
  const keyOf = ({ measure, statistic, at }: Cell) => cellKey(measure, statistic, at);
  const names = survey.skills.map(({ id, name }) => ({ id, name }));
  const weighed = weighSkills(asked, cut, {
    skills: survey.skills.map(({ id }) => id),
    judged: new Map(judged.map((one) => [keyOf(one.cell), one])),
    shown: new Set(cells.flatMap((cell) => (cell.figure.kind === "value" ? [keyOf(cell)] : []))),
  });
  return {
    cells,
    measures: askedMeasures(asked, cut.waves, words),
    skills: { codebook: asked.codebook, names, weighed },
  };
}
