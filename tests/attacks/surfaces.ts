/**
 * What can be reached today, and which attacks of METHOD §7.8 go for it. A route, a procedure, a question or a field that stands in
 * no list here turns the test red: whoever adds one says first who attacks it.
 */
export const ROUTES: Record<string, string> = {
  "[locale]/page.tsx": "06 22 23 24 26 27 29 30",
  "[locale]/accessibility/page.tsx": "24 30",
  "[locale]/missing/page.tsx": "24 30",
  "[locale]/pictures/[lifeEvent]/page.tsx": "06 22 23 24 26 27 29 30",
  "[locale]/pictures/[lifeEvent]/explore/page.tsx": "01–05 06 12 22 23 24 27 29 30",
  "[locale]/pictures/[lifeEvent]/method/page.tsx": "06 22 23 24 27 29 30",
  "[locale]/pictures/[lifeEvent]/segments/[segment]/page.tsx": "06 22 23 24 27 29 30",
  "[locale]/pictures/[lifeEvent]/groups/[group]/page.tsx": "06 22 23 24 27 29 30",
  "api/livez/route.ts": "24 29 30",
  "api/readyz/route.ts": "24 29 30",
  "api/published/route.ts": "06 24 26 30",
  "api/published/[release]/numbers/[file]/route.ts": "01–05 06 07 08 22 23 24 30",
  "api/published/[release]/[file]/route.ts": "01–05 06 07 08 22 23 24 30",
  "api/trpc/[trpc]/route.ts": "01–05 06 12 13 14 23 24 25 29 30",
};

/** Every procedure with all that may be asked of it. */
export const PROCEDURES: Record<string, { asks: string[]; attacks: string }> = {
  "picture.around": { asks: ["at", "measure", "release", "statistic", "wave"], attacks: "01–05 06 12 13 14 23 24 25" },
  "picture.cells": { asks: ["measures", "release", "variables", "wave"], attacks: "01–05 06 12 13 14 16 23 24 25" },
};

/** Every field of the release document, and what tells that it says nothing of a few. */
export const FIELDS: Record<string, string> = {
  audit: "of a whole release: how much was looked at, to two digits",
  calibration: "of a whole wave: effective sizes to five (23)",
  cells: "01–05 07 08 10 12 21 23",
  comparability: "of a whole wave",
  coverage: "names cells; 20",
  drivers: "15; of a whole wave, without how many are in the model",
  format: "no number of people",
  grids: "26",
  id: "no number of people",
  indexSensitivity: "made of shown cells: tests/pipeline/summary-index.test.ts",
  inputs: "01–03 of whoever is left out, 23",
  lifeEvent: "26",
  links: "15; of published cells, without how many are in the model",
  measures: "12 13 26",
  method: "no number of people",
  people: "no number of people: which groups are carried over, and why not",
  policy: "no number of people",
  previous: "no number of people; 04 17",
  protection: "no number of people",
  reliability: "of a whole wave: sizes to five (23)",
  series: "19; lines of counts that are cells",
  services: "names cells",
  skills: "names cells; mentions are no persons",
  segmentation: "01–03 of whoever is left out, 14 18",
  summaryIndex: "no number of people",
  synthetic: "no number of people",
  variables: "26; the code list that an area is coded by is public",
};

/** Attacks whose surface is not there yet, or not whole: what must be there before they apply. */
export const NOT_YET: Record<string, string> = {
  "04": "Two versions of segments beside each other: a life event that is segmented anew while the earlier segments stay. Bands and re-issues are attacked.",
  "07": "Answers that differ by role: login and roles. Until then the union of all answers is what anyone is answered; coalitions are attacked with their rows.",
  "13": "Claims, targets, alerts: workshops, and whatever else may be asked of a number chosen by its reader.",
  "14": "Assignment of one person to a segment (`me/`), and models fitted again in public.",
  "16": "Weights chosen by a reader. A life event's own index weights are its steward's.",
  "22": "Images, and a clipboard of their own: reports. CSV, Arrow, XLSX, JSON-stat and pages are attacked.",
  "27": "Notifications, comments, minutes of workshops. The pages' sentences are attacked.",
  "28": "Handing over a file in the browser: upload, its screening (METHOD §7.7), its messages. The ingest command is attacked.",
  "29": "Backups and an error tracker. The server's and the command's words, the home and temporary files are attacked.",
};

/** TRUST's privacy rows: where each is measured. */
export const TRUST_ROWS: Record<string, string> = {
  P1: "tests/attacks/arithmetic.test.ts: groups that are answered, none below k; fixtures.test.ts: sdcMicro's counts",
  P2: "tests/attacks/interval.test.ts: linear programs over linked tables; adversary.test.ts: bounds on the samples",
  P3: "tests/attacks/arithmetic.test.ts and fixtures.test.ts: every pair of filters; over-time.test.ts: pairs of versions",
  P4: "not yet: singling out needs people drawn anew who are in no release, to tell guesses from knowledge",
  P5: "not yet: linkability needs two half-files of one people",
  P6: "not yet: inference needs people drawn anew who are in no release, for what the margins alone would tell",
  P7: "tests/attacks/made-up.test.ts: attack 10; arithmetic.test.ts: what shows words only",
  P8: "not yet: screening of uploads (METHOD §7.7)",
  P9: "not yet: erasure and its deadlines",
};
