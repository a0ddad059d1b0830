import { generateMovingToStudy, movingToStudyTruth } from "./moving-to-study.ts";

/** Every synthetic extract, as its steward would send it. Generators are named here and nowhere else. */
export const generateSamples = () => [...generateMovingToStudy()];

/** The latent types behind them, to check by; never part of an extract. */
export const sampleTruths = () => [...movingToStudyTruth()];
