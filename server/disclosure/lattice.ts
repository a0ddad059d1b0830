import { byVariableOrder } from "../../data/contracts/cell-key.ts";

/**
 * The tables of a release beside the wave (METHOD §7.3): everyone, every variable, every pair, and the declared crossings
 * of three where a wave is large enough. Each table's variables in key order; smaller tables first, declared order kept
 * among those of three. Declared tables that name a variable this release has not are left out.
 */
export function tablesOf(
  variables: readonly string[],
  declared: readonly (readonly string[])[],
  largestWave: number,
  threeWayFrom: number,
): string[][] {
  const ordered = [...variables].sort(byVariableOrder);
  const tables: string[][] = [[], ...ordered.map((variable) => [variable])];
  ordered.forEach((first, index) => {
    for (const second of ordered.slice(index + 1)) tables.push([first, second]);
  });
  if (largestWave < threeWayFrom) return tables;
  for (const table of declared)
    if (table.length === 3 && table.every((variable) => ordered.includes(variable)))
      tables.push([...table].sort(byVariableOrder));
  return tables;
}

/** Every combination of the codes of a table's variables, first variable slowest. The table of none has one: {}. */
export function cellsOf(
  table: readonly string[],
  variables: ReadonlyMap<string, readonly string[]>,
): Record<string, string>[] {
  return table.reduce<Record<string, string>[]>(
    (cells, variable) =>
      cells.flatMap((cell) => (variables.get(variable) ?? []).map((code) => ({ ...cell, [variable]: code }))),
    [{}],
  );
}
