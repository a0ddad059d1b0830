import type { LifeEvent } from "../../data/contracts/life-event.ts";
import type { DisclosurePolicy } from "../../data/contracts/policy.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import type { ChosenExtract } from "./choose-extracts.ts";
import type { Survey } from "./gather-survey.ts";

export function missingSources(event: LifeEvent, chosen: readonly ChosenExtract[]): Problem[] {
  const surveys = event.sources.filter(({ role }) => role === "survey");
  if (surveys.length === 0)
    return [{ code: "life-event-without-survey", where: { path: "sources" }, fields: { lifeEvent: event.id } }];
  return event.sources.flatMap(({ codebook, role }, index) =>
    role === "survey" && !chosen.some((entry) => entry.codebook.id === codebook)
      ? [{ code: "extract-missing", where: { path: `sources[${index}]` }, fields: { codebook, lifeEvent: event.id } }]
      : [],
  );
}

export function checkWaves(survey: Survey, referenceWave: string, policy: DisclosurePolicy): Problem[] {
  const problems: Problem[] = [];
  if (!survey.waves.some(({ wave }) => wave === referenceWave))
    problems.push({
      code: "reference-wave-missing",
      where: { path: "referenceWave" },
      fields: { wave: referenceWave, known: survey.waves.map(({ wave }) => wave).join(", ") },
    });
  for (const { wave, persons } of survey.waves)
    if (persons < policy.minimumUniverse)
      problems.push({ code: "wave-too-small", where: {}, fields: { wave, minimum: policy.minimumUniverse } });
  return problems;
}

/** A variable that no survey has would cut nothing: most likely a slip of the pen. */
export function checkVariables(event: LifeEvent, chosen: readonly ChosenExtract[]): Problem[] {
  const known = new Set(
    chosen.flatMap(({ codebook, role }) =>
      role === "survey" ? codebook.columns.flatMap((column) => (column.use === "background" ? [column.id] : [])) : [],
    ),
  );
  return event.variables.flatMap((variable, index) =>
    known.has(variable)
      ? []
      : [
          {
            code: "variable-unknown",
            where: { path: `variables[${index}]` },
            fields: { variable, known: [...known].join(", ") },
          },
        ],
  );
}

/** Frozen groups are made of questions: the reference wave must still hold them all. */
export function checkModelFits(survey: Survey, referenceWave: string, items: readonly string[]): Problem[] {
  const reference = survey.waves.find(({ wave }) => wave === referenceWave);
  const gone = items.filter((item) => reference && !reference.items.has(item));
  if (gone.length === 0) return [];
  return [{ code: "model-does-not-fit", where: {}, fields: { wave: referenceWave, items: gone.join(", ") } }];
}
