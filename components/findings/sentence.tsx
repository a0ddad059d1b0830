import { Fragment, type ReactNode } from "react";
import type { Language } from "../../data/contracts/names.ts";
import type { CellPart, Finding, FindingId } from "../../server/findings/finding.ts";
import { sideCalled, sideInside } from "../compare/side-name.ts";
import { Certified } from "../figures/certified.tsx";
import { Printed, writtenPart } from "../figures/printed.tsx";
import { releaseNumber } from "../figures/release-number.ts";
import type { Reading } from "../page/reading.ts";

/**
 * A finding in the reader's language. Every number in it is printed from its cell, or from its place in the release,
 * and carries the cell's key or the path. As a heading it has no full stop; `closed` gives it one in running text.
 */
export function Sentence({
  finding,
  reading,
  closed = false,
}: {
  finding: Finding;
  reading: Reading;
  closed?: boolean;
}) {
  return (
    <>
      {sentence(finding, reading)}
      {closed && !(reading.say.raw(`findings.${finding.id}`) as string).endsWith(".") && "."}
    </>
  );
}

function sentence(finding: Finding, reading: Reading): ReactNode {
  const { say } = reading;
  const tags = Object.fromEntries([
    ...Object.entries(finding.cells).map(([tag, part]) => [
      tag,
      () => <PrintedPart key={tag} part={part} reading={reading} />,
    ]),
    ...Object.entries(finding.numbers ?? {}).map(([tag, path]) => [
      tag,
      () => <Certified key={tag} path={path} reading={reading} />,
    ]),
  ]);
  return say.rich(`findings.${finding.id}`, {
    ...plainValues(finding, reading),
    ...tags,
    b: (chunks: ReactNode) => <strong>{chunks}</strong>,
    who: () => <Who key="who" finding={finding} reading={reading} />,
    list: () => (
      <Fragment key="list">
        {(finding.list ?? []).map((item, place, all) => (
          <Fragment key={JSON.stringify([item.values, item.cells, item.numbers])}>
            {joint(place, all, reading)}
            {sentence(item, reading)}
          </Fragment>
        ))}
      </Fragment>
    ),
  });
}

/** "Joka kuudes (16 %, 13–19 %)" where the share is near one in so many, else "29 % (27–31 %)". */
function Who({ finding, reading }: { finding: Finding; reading: Reading }) {
  const share = finding.cells.share && <PrintedPart part={finding.cells.share} reading={reading} />;
  const interval = finding.cells.interval && (
    <span className="whitespace-nowrap">
      <PrintedPart part={finding.cells.interval} reading={reading} />
    </span>
  );
  const nth = nthWord(finding, reading);
  return nth ? (
    <>
      <strong>{nth}</strong>{" "}
      <span className="aside">
        ({share}, {interval})
      </span>
    </>
  ) : (
    <>
      <strong>{share}</strong> <span className="aside">({interval})</span>
    </>
  );
}

function PrintedPart({ part, reading }: { part: CellPart; reading: Reading }) {
  const { view, language, kinds } = reading;
  return (
    <Printed
      cell={view.cells.get(part.key)}
      part={part.part}
      against={part.against}
      language={language}
      words={kinds}
    />
  );
}

/** The same sentence as plain text, for titles, descriptions and alternative texts. */
export function plainSentence(finding: Finding, reading: Reading): string {
  const { say, view, language, kinds } = reading;
  const write = (part: CellPart | undefined) => {
    const cell = part && view.cells.get(part.key);
    return cell ? (writtenPart(cell, part.part, language, part.against)?.text ?? kinds.absent) : "";
  };
  const writeNumber = (path: string) => {
    const value = view.numberAt(path);
    return value === null ? "" : releaseNumber(path, value, language);
  };
  const nth = nthWord(finding, reading);
  const [share, interval] = [write(finding.cells.share), write(finding.cells.interval)];
  return say.markup(`findings.${finding.id}`, {
    ...plainValues(finding, reading),
    ...Object.fromEntries(Object.entries(finding.cells).map(([tag, part]) => [tag, () => write(part)])),
    ...Object.fromEntries(Object.entries(finding.numbers ?? {}).map(([tag, path]) => [tag, () => writeNumber(path)])),
    b: (chunks: string) => chunks,
    who: () => (nth ? `${nth} (${share}, ${interval})` : `${share} (${interval})`),
    list: () =>
      (finding.list ?? [])
        .map((item, place, all) => `${joint(place, all, reading)}${plainSentence(item, reading)}`)
        .join(""),
  });
}

function nthWord(finding: Finding, { say }: Reading): string | null {
  const nth = finding.values.nth;
  return typeof nth === "string" && nth !== "other" ? say(`findings.nth.${nth}` as "findings.nth.half") : null;
}

const LONG_ITEMS: readonly FindingId[] = ["actor-unmet-item"];

/** What stands between two items of a list; items that hold a comma are told apart by more. */
function joint(place: number, all: Finding[], { say }: Reading): string {
  if (place === 0) return "";
  if (all.some(({ id }) => LONG_ITEMS.includes(id))) return "; ";
  return place === all.length - 1 ? ` ${say("findings.and")} ` : ", ";
}

function plainValues(finding: Finding, { say, language }: Reading): Record<string, string | number> {
  const plain = (value: Finding["values"][string]): string | number => {
    if (typeof value !== "object") return value;
    if ("low" in value) return say(`dimensions.${value.low}.low`);
    if ("side" in value) return (value.inside ? sideInside : sideCalled)(value.side, say, language);
    if ("inside" in value) return lowerFirst(value.inside[language], language);
    return value[language];
  };
  return Object.fromEntries(Object.entries(finding.values).map(([name, value]) => [name, plain(value)]));
}

function lowerFirst(name: string, language: Language): string {
  return name.charAt(0).toLocaleLowerCase(language) + name.slice(1);
}
