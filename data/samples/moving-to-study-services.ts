import type { TownId, TypeId } from "./moving-to-study-model.ts";

/**
 * Who uses which service and whom it helps, in log odds (`service-answers.ts`):
 *
 *   logit P(used)          = logit(use)  + useBy[type]  + useIn[town]
 *   logit P(need met|used) = logit(help) + helpBy[type] + helpIn[town]
 *
 * Planted for the picture to find: debt counselling reaches few of `tight` but helps those it reaches, and student aid fails them;
 * `alone` seek the chaplain and the library, tutoring does not reach them; student health fails `stretched`, worst in Oulu,
 * the study psychologist helps them; public transport and housing advice fail `uneasy`, worst in Turku.
 */
export type ServiceModel = {
  use: number;
  help: number;
  useBy?: Partial<Record<TypeId, number>>;
  helpBy?: Partial<Record<TypeId, number>>;
  useIn?: Partial<Record<TownId, number>>;
  helpIn?: Partial<Record<TownId, number>>;
};

export const SERVICES: Record<string, ServiceModel> = {
  "housing-advice": {
    use: 0.22,
    help: 0.6,
    useBy: { uneasy: 0.9, tight: 0.3 },
    helpBy: { uneasy: -1.0 },
    useIn: { "853": 0.2 },
    helpIn: { "853": -0.4, "905": 0.4 },
  },
  "student-health": {
    use: 0.45,
    help: 0.62,
    useBy: { stretched: 0.9 },
    helpBy: { stretched: -0.8 },
    helpIn: { "564": -0.5, "167": 0.3 },
  },
  "study-counselling": { use: 0.4, help: 0.7, useBy: { stretched: 0.3, alone: -0.2 }, helpBy: { alone: -0.4 } },
  "study-psychologist": { use: 0.12, help: 0.62, useBy: { stretched: 1.1 }, helpBy: { stretched: 0.5 } },
  tutoring: { use: 0.55, help: 0.72, useBy: { alone: -0.8, tight: 0.3 }, helpBy: { alone: -1.0, tight: 0.4 } },
  "student-aid": { use: 0.72, help: 0.6, useBy: { tight: 0.6, steady: -0.2 }, helpBy: { tight: -1.1, steady: 0.3 } },
  sports: { use: 0.42, help: 0.82, useBy: { steady: 0.5, alone: -0.3 }, useIn: { "179": 0.4 } },
  "public-transport": {
    use: 0.68,
    help: 0.76,
    useBy: { uneasy: 0.4 },
    helpBy: { uneasy: -1.1 },
    useIn: { "837": 0.4, "905": -0.7, "167": -0.4 },
    helpIn: { "853": -0.5, "837": 0.4 },
  },
  "debt-counselling": { use: 0.05, help: 0.66, useBy: { tight: 0.9 }, helpBy: { tight: 0.4 } },
  "employment-service": {
    use: 0.18,
    help: 0.45,
    useBy: { tight: 0.6 },
    helpBy: { tight: -0.4 },
    helpIn: { "905": 0.5 },
  },
  chaplaincy: { use: 0.06, help: 0.78, useBy: { alone: 0.9, stretched: 0.3 }, helpBy: { alone: 0.4 } },
  library: { use: 0.56, help: 0.9, useBy: { alone: 0.4 } },
};
/** Of those asked: left blank, refused; and of those who used it, do not know whether it helped. */
export const SERVICE_UNANSWERED = { blank: 0.01, refused: 0.003, dontKnow: 0.04 };
