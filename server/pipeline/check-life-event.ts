import { LifeEvent } from "../../data/contracts/life-event.ts";
import type { Problem } from "../../data/contracts/problem.ts";
import { shapeProblem } from "./check-codebook.ts";

const GROUPINGS = ["segment", "band", "troubles"];

/** Reads a life event and says everything that is wrong with it at once, each with its path. */
export function checkLifeEvent(document: unknown): LifeEvent | Problem[] {
  const parsed = LifeEvent.safeParse(document);
  if (!parsed.success) return parsed.error.issues.map((issue) => shapeProblem("life-event-shape", issue, document));
  const event = parsed.data;
  const problems: Problem[] = [];
  const say = (code: string, path: string, fields: Problem["fields"]) =>
    problems.push({ code, where: { path }, fields });
  const may = new Set([...GROUPINGS, ...event.variables]);
  event.tables.forEach((table, index) => {
    for (const variable of table)
      if (!may.has(variable)) say("table-variable-unknown", `tables[${index}]`, { variable });
    if (new Set(table).size < table.length) say("table-variable-twice", `tables[${index}]`, {});
  });
  event.variables.forEach((variable, index) => {
    if (GROUPINGS.includes(variable) || variable === "wave")
      say("variable-reserved", `variables[${index}]`, { id: variable });
    if (event.variables.indexOf(variable) !== index) say("id-twice", `variables[${index}]`, { id: variable });
  });
  const services = event.services.map(({ id }) => id);
  services.forEach((id, index) => {
    if (services.indexOf(id) !== index) say("id-twice", `services[${index}].id`, { id });
  });
  (event.calibration?.variables ?? []).forEach((variable, index) => {
    if (!event.variables.includes(variable))
      say("table-variable-unknown", `calibration.variables[${index}]`, { variable });
  });
  const weights = Object.entries(event.summaryIndex?.weights ?? {});
  if (weights.some(([dimension]) => dimension === "subjective")) say("index-weights", "summaryIndex.weights", {});
  else if (weights.length > 0 && weights.every(([, weight]) => weight === 0))
    say("index-weights", "summaryIndex.weights", {});
  return problems.length > 0 ? problems : event;
}
