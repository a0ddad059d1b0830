import { generateChangingFamily } from "./changing-family.ts";
import { generateMovingToStudy } from "./moving-to-study.ts";
import type { SampleExtract, SampleTruth } from "./sample.ts";
import { generateWorkingLife } from "./working-life.ts";

const everySample = () => [generateMovingToStudy(), generateChangingFamily(), generateWorkingLife()];

/** Every synthetic extract, as its steward would send it. Generators are named here and nowhere else. */
export const generateSamples = (): SampleExtract[] => everySample().flatMap(({ extracts }) => extracts);

/** What is true of their rows, to check by; never part of an extract. */
export const sampleTruths = (): SampleTruth[] => everySample().flatMap(({ truth }) => truth);
