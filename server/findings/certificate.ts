import type { Certificate, StabilityReading } from "../../data/contracts/release.ts";
import { type Finding, isValue, limitsOf, numberOf } from "./finding.ts";
import { hasStructure } from "./verdict.ts";
import { groupingBy, type View } from "./view.ts";

/**
 * What the description rests on, one sentence each (METHOD §3.4–3.6): structure, number of groups, stability, the one
 * axis, weights, missing answers, who could not be placed. The numbers are the certificate's, named by their path.
 */
export function certificateSaid(view: View): Finding[] {
  const { verdict } = view.cells.release.segmentation;
  return [
    structureSaid(view),
    triedSaid(view),
    stabilitySaid(view),
    levelSaid(view),
    verdict === "one-question" ? oneQuestionSaid(view) : null,
    weightsSaid(view),
    missingSaid(view),
    unplacedSaid(view),
    atypicalSaid(view),
    refitSaid(view),
  ].filter((finding) => finding !== null);
}

/** The few of them that stand beside the headline: what the verdict was decided by, and what warns. */
export function certificateInShort(view: View): Finding[] {
  const { verdict, certificate } = view.cells.release.segmentation;
  const wave = certificate.waves.find((one) => one.wave === view.wave);
  return [
    verdict === "none" ? triedSaid(view) : null,
    verdict === "level-only" ? levelSaid(view) : null,
    verdict === "one-question" ? oneQuestionSaid(view) : null,
    structureSaid(view),
    stabilitySaid(view),
    certificate.notes.includes("depends-on-weights") ? weightsSaid(view) : null,
    (certificate.missing?.agreement ?? null) !== null ? missingSaid(view) : null,
    unplacedSaid(view),
    wave?.atypicalHigh ? atypicalSaid(view) : null,
    wave?.refit?.reading === "consider-new-version" ? refitSaid(view) : null,
  ].filter((finding) => finding !== null);
}

/** Where the certificate stands in the release document. */
export const CERTIFICATE = "segmentation.certificate";

function certificateOf(view: View): Certificate {
  return view.cells.release.segmentation.certificate;
}

/** The structure test speaks only where there were enough dimensions to look for groups. */
function structureSaid(view: View): Finding | null {
  const { structure, tried } = certificateOf(view);
  if (!structure) {
    if (tried.length === 0) return null;
    return { id: "certificate-structure-untested", values: {}, cells: {} };
  }
  const { verdict } = view.cells.release.segmentation;
  const id = !hasStructure(view)
    ? "certificate-structure-absent"
    : verdict === "segments"
      ? "certificate-structure-found"
      : "certificate-structure-weak";
  return {
    id,
    values: {},
    cells: {},
    numbers: { p: `${CERTIFICATE}.structure.pValue`, references: `${CERTIFICATE}.structure.references` },
  };
}

/** From how few to how many groups were tried, and how the number was chosen; or that none of them would do. */
function triedSaid(view: View): Finding | null {
  const { tried, chosenBy } = certificateOf(view);
  if (tried.length === 0) return null;
  const numbers = { from: `${CERTIFICATE}.tried.0.k`, to: `${CERTIFICATE}.tried.${tried.length - 1}.k` };
  const { k } = view.cells.release.segmentation;
  if (tried.every(({ admissible }) => !admissible))
    return { id: "certificate-tried-none", values: {}, cells: {}, numbers };
  return {
    id: "certificate-tried",
    values: { by: chosenBy, published: k === null ? "no" : "yes" },
    cells: {},
    numbers: k === null ? numbers : { ...numbers, k: "segmentation.k" },
  };
}

/** The least stable of the published segments. */
function stabilitySaid(view: View): Finding | null {
  const { segments } = certificateOf(view);
  const least = segments.reduce<number | null>(
    (found, { stability }, place) => (stability < (segments[found ?? -1]?.stability ?? 2) ? place : found),
    null,
  );
  const segment = least === null ? undefined : segments[least];
  if (!segment) return null;
  return {
    id: "certificate-stability",
    values: { code: segment.code, reading: readingWord(segment.reading) },
    cells: {},
    numbers: { stability: `${CERTIFICATE}.segments.${least}.stability` },
  };
}

/** A reading as a message may choose by it: no hyphens. */
export function readingWord(reading: StabilityReading): string {
  return { "very-stable": "veryStable", stable: "stable", doubtful: "doubtful", "not-trusted": "notTrusted" }[reading];
}

function levelSaid(view: View): Finding | null {
  if (certificateOf(view).levelShare === null) return null;
  const only = view.cells.release.segmentation.verdict === "level-only";
  return {
    id: "certificate-level",
    values: { only: only ? "yes" : "no" },
    cells: {},
    numbers: { level: `${CERTIFICATE}.levelShare` },
  };
}

function oneQuestionSaid(view: View): Finding | null {
  const { oneQuestion } = certificateOf(view);
  return oneQuestion && { id: "certificate-one-question", values: { dimension: { low: oneQuestion } }, cells: {} };
}

function weightsSaid(view: View): Finding | null {
  const { weights, notes } = certificateOf(view);
  return (
    weights && {
      id: "certificate-weights",
      values: { depends: notes.includes("depends-on-weights") ? "yes" : "no" },
      cells: {},
      numbers: { agreement: `${CERTIFICATE}.weights.agreement` },
    }
  );
}

function missingSaid(view: View): Finding | null {
  const { missing } = certificateOf(view);
  if (!missing) return null;
  // Rounded to a whole percent, a few missing would read as none.
  const few = missing.percent === 0;
  const numbers = few ? undefined : { percent: `${CERTIFICATE}.missing.percent` };
  if (missing.agreement === null)
    return { id: "certificate-missing", values: { few: few ? "yes" : "no" }, cells: {}, numbers };
  return {
    id: "certificate-missing-refit",
    values: {},
    cells: {},
    numbers: { ...numbers, agreement: `${CERTIFICATE}.missing.agreement` },
  };
}

/** Who answered too few questions to be placed in any group. */
function unplacedSaid(view: View): Finding | null {
  const cell = view.cells.find("unclassifiable", "percent", { wave: view.wave });
  if (!cell || !isValue(cell)) return null;
  return {
    id: "certificate-unclassifiable",
    values: {},
    cells: { share: numberOf(cell), interval: limitsOf(cell) },
  };
}

function atypicalSaid(view: View): Finding | null {
  const cell = view.cells.find("atypical", "percent", { wave: view.wave });
  if (!cell || !isValue(cell) || !groupingBy(view, "segment")) return null;
  const high = certificateOf(view).waves.find(({ wave }) => wave === view.wave)?.atypicalHigh;
  return {
    id: "certificate-atypical",
    values: { high: high ? "yes" : "no" },
    cells: { share: numberOf(cell), interval: limitsOf(cell) },
  };
}

function refitSaid(view: View): Finding | null {
  const { waves } = certificateOf(view);
  const place = waves.findIndex(({ wave }) => wave === view.wave);
  const refit = waves[place]?.refit;
  return refit
    ? {
        id: "certificate-refit",
        values: { reading: refit.reading },
        cells: {},
        numbers: { agreement: `${CERTIFICATE}.waves.${place}.refit.agreement` },
      }
    : null;
}
