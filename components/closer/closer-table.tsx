import type { Language } from "../../data/contracts/names.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { type KindWords, Printed } from "../figures/printed.tsx";

/** What can be asked: a dimension, and a background variable with its codes beside the groups. In plain texts. */
export type CloserChoices = {
  release: string;
  wave: string;
  language: Language;
  dimensions: { measure: string; name: string }[];
  variables: { id: string; name: string; codes: { code: string; name: string }[] }[];
  /** What may stand in the columns beside everyone; the grouping that leads the picture first. */
  groupings: { variable: string; name: string; groups: { code: string; name: string }[] }[];
};

export type CloserWords = {
  kinds: KindWords;
  everyone: string;
  settled: string;
  unsettled: string;
  /** "{dimension}, {variable}" with the names put in. */
  caption: string;
};

export type CloserAnswer = { dimension: string; by: string; groups: string | null; cells: KeyedCell[] };

/** Which stored cells the table is made of: everyone, by the variable, by group, and both together. */
export function closerQuestions(by: string, groups: string | null): string[][] {
  return [[], [by], ...(groups ? [[groups], [groups, by]] : [])];
}

/** A dimension by a background variable and the groups: stored cells side by side, never added up. */
export function CloserTable({
  choices,
  answer,
  words,
}: {
  choices: CloserChoices;
  answer: CloserAnswer;
  words: CloserWords;
}) {
  const { language } = choices;
  const grouping = choices.groupings.find((one) => one.variable === answer.groups) ?? null;
  const variable = choices.variables.find(({ id }) => id === answer.by);
  const dimension = choices.dimensions.find(({ measure }) => measure === answer.dimension);
  if (!variable || !dimension) return null;
  const columns = [{ code: null, name: words.everyone }, ...(grouping?.groups ?? [])];
  const rows = [{ code: null, name: words.everyone }, ...variable.codes];
  const cellAt = (row: string | null, column: string | null) => {
    const at: Record<string, string> = { wave: choices.wave };
    if (row !== null) at[variable.id] = row;
    if (column !== null && grouping) at[grouping.variable] = column;
    return answer.cells.find((cell) => sameCut(cell.at, at)) ?? null;
  };
  return (
    <DataTable
      caption={words.caption.replace("{dimension}", dimension.name).replace("{variable}", variable.name)}
      columns={[variable.name, ...columns.map(({ name }) => name)]}
      rows={rows.map((row) => ({
        id: row.code ?? "everyone",
        head: row.name,
        cells: columns.map((column) => (
          <CloserCell key={column.code} cell={cellAt(row.code, column.code)} language={language} words={words} />
        )),
      }))}
    />
  );
}

function CloserCell({ cell, language, words }: { cell: KeyedCell | null; language: Language; words: CloserWords }) {
  const print = { cell, language, words: words.kinds };
  const against =
    cell?.figure.kind === "value" ? cell.figure.versus.find((one) => one.against === "everyone") : undefined;
  return (
    <span className="full-cell">
      <span>
        <Printed {...print} className="number" />{" "}
        <span className="interval">
          <Printed {...print} part="interval" />
        </span>
      </span>
      {against && (
        <span className={against.settled ? "settled" : "unsettled"}>
          <Printed {...print} part="difference" against="everyone" />{" "}
          {against.settled ? words.settled : words.unsettled}
        </span>
      )}
      {cell?.figure.kind === "value" && cell.figure.n !== null && (
        <span className="interval">
          n = <Printed {...print} part="n" />
        </span>
      )}
    </span>
  );
}

function sameCut(left: Record<string, string>, right: Record<string, string>): boolean {
  const names = Object.keys(right);
  return Object.keys(left).length === names.length && names.every((name) => left[name] === right[name]);
}
