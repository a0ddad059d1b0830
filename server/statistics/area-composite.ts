import { type BetweenAreaVariance, betweenAreaVariance } from "./between-area-variance.ts";
import type { GroupShares } from "./group-shares.ts";
import type { SmallAreaSurvey } from "./small-area-shares.ts";

/** What an area's make-up alone lets expect: N_a, and q and v by group. Shares of 0 where nobody lives. */
export type SyntheticShares = { people: number; shares: Float64Array; variances: Float64Array };

/** One group in one area, before the counts are raked. */
export type Composite = {
  share: number;
  /** How far the direct share moved it from the synthetic one: 0 not at all, 1 all the way. */
  gamma: number;
  /** Mean squared error of the share; null where the group is not modelled here. */
  meanSquaredError: number | null;
  /** Whose answers moved it. */
  leansOn: "own" | "ancestor" | "none";
};

export type GroupModel = {
  /** A′: areas that σ² was found from. */
  areas: number;
  /** σ²; null where A′ < 8. */
  betweenAreaVariance: number | null;
};

/** METHOD §4.7: fewer persons make no direct share, and fewer areas no model. */
const FEWEST_RESPONDENTS = 20;
const FEWEST_AREAS = 8;

/**
 * One group in all areas: what their make-up lets expect, moved towards what their people said (Fay & Herriot 1979).
 *
 *   ψ_a = q_a (1 − q_a) d/ESS_a,  γ_a = σ²/(σ² + ψ_a),  θ_a = q_a + γ_a (p_a − q_a)                      METHOD §4.7
 *   mse = γψ + (1 − γ)² v + 2 ψ²/(σ² + ψ)³ · U,  U = 2/Σ (σ² + ψ)⁻²
 *   by an ancestor r:  θ_a = q_a + γ_r (p_r − q_r);  then, and where γ = 0,  mse = σ² + v + √U
 *
 * σ² by between-area-variance.ts over the A′ areas of 20 persons or more, whomever they lean on. Where q is 0 or 1 there
 * is no ψ: the area stands outside and has no mse. A′ < 8: θ = q throughout, without mse. METHOD does not say what
 * becomes of an ancestor that would move a share to 0 or 1 or past it: it is not leant on there.
 */
export function groupModel(
  { areas, ancestors, designRatio }: SmallAreaSurvey,
  synthetic: { areas: SyntheticShares[]; ancestors: SyntheticShares[] },
  group: number,
): { model: GroupModel; composites: Composite[] } {
  const of = (direct: GroupShares | null, expected: SyntheticShares) =>
    directPart(direct, expected.shares[group]!, { group, designRatio });
  const directs = areas.map(({ direct }, area) => of(direct, synthetic.areas[area]!));
  const used = directs.filter((part) => part !== null);
  const between =
    used.length < FEWEST_AREAS
      ? null
      : betweenAreaVariance(
          Float64Array.from(used, ({ deviation }) => deviation),
          Float64Array.from(used, ({ samplingVariance }) => samplingVariance),
        );
  const composites = areas.map(({ leansOn }, area) => {
    const own = leansOn === "own" ? directs[area]! : null;
    const around =
      typeof leansOn === "object"
        ? of(ancestors[leansOn.ancestor]!.direct, synthetic.ancestors[leansOn.ancestor]!)
        : null;
    const { shares, variances } = synthetic.areas[area]!;
    return compositeOf({ share: shares[group]!, variance: variances[group]! }, { own, around }, between);
  });
  return { model: { areas: used.length, betweenAreaVariance: between?.variance ?? null }, composites };
}

function compositeOf(
  { share: q, variance: v }: { share: number; variance: number },
  { own, around }: { own: DirectPart | null; around: DirectPart | null },
  between: BetweenAreaVariance | null,
): Composite {
  if (between === null || !(q > 0 && q < 1)) return { share: q, gamma: 0, meanSquaredError: null, leansOn: "none" };
  const { variance, uncertainty } = between;
  if (own) {
    const psi = own.samplingVariance;
    const gamma = variance / (variance + psi);
    const ofVariance = ((2 * psi ** 2) / (variance + psi) ** 3) * uncertainty;
    const meanSquaredError = gamma * psi + (1 - gamma) ** 2 * v + ofVariance;
    return { share: q + gamma * own.deviation, gamma, meanSquaredError, leansOn: "own" };
  }
  const meanSquaredError = variance + v + Math.sqrt(uncertainty);
  if (around) {
    const gamma = variance / (variance + around.samplingVariance);
    const share = q + gamma * around.deviation;
    if (share > 0 && share < 1) return { share, gamma, meanSquaredError, leansOn: "ancestor" };
  }
  return { share: q, gamma: 0, meanSquaredError, leansOn: "none" };
}

/** p − q and ψ. */
type DirectPart = { deviation: number; samplingVariance: number };

/** Null where too few answered, or q leaves no room to differ. */
function directPart(
  direct: GroupShares | null,
  q: number,
  { group, designRatio }: { group: number; designRatio: number },
): DirectPart | null {
  if (direct === null || direct.n < FEWEST_RESPONDENTS || !(q > 0 && q < 1)) return null;
  return {
    deviation: direct.shares[group]! - q,
    samplingVariance: (q * (1 - q) * designRatio) / direct.effectiveSampleSize,
  };
}
