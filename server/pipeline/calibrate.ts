import type { Problem } from "../../data/contracts/problem.ts";
import type { Calibration } from "../../data/contracts/release.ts";
import { rake } from "../statistics/rake.ts";
import { roundCount } from "../statistics/rounding.ts";
import { type Register, registerMargin } from "./count-register.ts";
import { type CutWave, personsOf } from "./cut-waves.ts";
import type { Survey, SurveyWave } from "./gather-survey.ts";

/**
 * Weights of every wave raked to the register's margins (METHOD §2.6); replicate weights follow row by row, so that
 * variances treat the raking as fixed. A wave that the register does not speak of, or whose margins are partly suppressed
 * at source, is a problem, as is a raking that does not settle or makes the weights too uneven.
 */
export function calibrate(
  survey: Survey,
  variables: readonly string[],
  register: Register | null,
): { survey: Survey; calibration: Calibration[] } | Problem[] {
  const problems: Problem[] = [];
  const calibration: Calibration[] = [];
  const waves = survey.waves.map((wave): SurveyWave => {
    const margins = variables.map((variable) => {
      const held = wave.backgrounds.get(variable);
      return held ? marginOf(wave.wave, [variable, held], register) : null;
    });
    const whole = margins.filter((margin) => margin !== null);
    if (whole.length < margins.length) {
      const fields = { wave: wave.wave, variables: variables.join(", ") };
      problems.push({ code: "calibration-without-register", where: { path: "calibration" }, fields });
      return wave;
    }
    const raked = rake(wave.design.weights, whole);
    if (raked.kind === "refused") {
      const reason = raked.reason.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      const fields = { wave: wave.wave, reason };
      problems.push({ code: "calibration-refused", where: { path: "calibration" }, fields });
      return wave;
    }
    calibration.push({
      wave: wave.wave,
      variables: [...variables],
      effectiveBefore: roundCount(raked.effectiveSampleSize.before),
      effectiveAfter: roundCount(raked.effectiveSampleSize.after),
      totalsApart: raked.warning !== null,
    });
    return { ...wave, design: reweighted(wave.design, raked.weights) };
  });
  return problems.length > 0 ? problems : { survey: { ...survey, waves }, calibration };
}

/**
 * The same margins once more among those who count in a wave's figures, where some were left out: the weights of the others are
 * those of all, so that both together are one raking of the rest.
 */
export function calibrateWhoCounts(wave: CutWave, variables: readonly string[], register: Register | null): CutWave {
  const { present, design } = wave;
  const persons = personsOf(present);
  if (persons.length === present.length) return wave;
  const margins = variables.flatMap((variable) => {
    const held = wave.codes.get(variable);
    const margin =
      held && marginOf(wave.wave, [variable, Array.from(persons, (person) => held[person] ?? null)], register);
    return margin ? [margin] : [];
  });
  const raked = rake(
    Float64Array.from(persons, (person) => design.weights[person] as number),
    margins,
  );
  // What settled among all settles among nearly all; where it does not, the weights of all stand.
  if (raked.kind === "refused") return wave;
  const weights = design.weights.slice();
  persons.forEach((person, place) => {
    weights[person] = raked.weights[place] as number;
  });
  return { ...wave, design: reweighted(design, weights) };
}

function marginOf(wave: string, [variable, held]: [string, readonly (string | null)[]], register: Register | null) {
  const counted = register && registerMargin(register, wave, variable);
  if (!counted || counted.some(({ incomplete }) => incomplete) || counted.every(({ people }) => people === 0))
    return null;
  const codes = counted.map(({ code }) => code);
  return {
    classes: Int32Array.from(held, (code) => (code === null ? -1 : codes.indexOf(code))),
    totals: Float64Array.from(counted, ({ people }) => people),
  };
}

export function reweighted(design: SurveyWave["design"], weights: Float64Array): SurveyWave["design"] {
  const { replicates } = design;
  if (!replicates) return { ...design, weights };
  const scaled = (replicate: Float64Array) =>
    replicate.map((weight, row) => (weight * (weights[row] as number)) / (design.weights[row] as number));
  return { ...design, weights, replicates: { ...replicates, weights: replicates.weights.map(scaled) } };
}
