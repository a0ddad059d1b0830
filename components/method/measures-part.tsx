import type { Reliability } from "../../data/contracts/release.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Certified } from "../figures/certified.tsx";
import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";
import { waveName } from "../pictures/source-line.tsx";
import { Folded, Part } from "./part.tsx";

/** How well the questions measure: internal consistency, comparability between waves, who did not answer and why. */
export function MeasuresPart({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  return (
    <Part id="measures" reading={reading}>
      <h3>{say("method.measures.reliability")}</h3>
      <p>{say("method.measures.reliabilityText")}</p>
      {view.waves.map(({ code }) => (
        <ReliabilityOfWave key={code} wave={code} reading={reading} open={code === view.wave} />
      ))}
      <h3>{say("method.measures.comparability")}</h3>
      <p>{say("method.measures.comparabilityText")}</p>
      <ComparabilityTable reading={reading} />
      <h3>{say("method.measures.missing")}</h3>
      <p>{say("method.measures.missingText")}</p>
      <MissingTable reading={reading} />
    </Part>
  );
}

/** A number of the release by its path, or a dash where there is none. */
export function NumberOrDash({ path, reading }: { path: string; reading: Reading }) {
  if (reading.view.numberAt(path) === null) return <span className="interval">–</span>;
  return <Certified path={path} reading={reading} />;
}

function ReliabilityOfWave({ wave, reading, open }: { wave: string; reading: Reading; open: boolean }) {
  const { say } = reading;
  const rows = rowsOf(reading, wave);
  if (rows.length === 0) return null;
  const name = waveName(reading, wave);
  const table = <ReliabilityTable rows={rows} caption={name} reading={reading} />;
  return (
    <>
      {open ? table : <Folded summary={`${say("method.measures.reliability")}, ${name}`}>{table}</Folded>}
      {open && (
        <Folded summary={`${say("method.measures.byItem")}, ${name}`}>
          <ItemTable rows={rows} caption={name} reading={reading} />
        </Folded>
      )}
    </>
  );
}

type Row = { reliability: Reliability; path: string };

function rowsOf({ view }: Reading, wave: string): Row[] {
  return view.cells.release.reliability.flatMap((reliability, place) =>
    reliability.wave === wave ? [{ reliability, path: `reliability.${place}` }] : [],
  );
}

function ReliabilityTable({ rows, caption, reading }: { rows: Row[]; caption: string; reading: Reading }) {
  const { say } = reading;
  return (
    <DataTable
      caption={caption}
      columns={[
        say("pages.table.dimension"),
        say("method.measures.columns.reading"),
        "α",
        say("pages.table.interval"),
        say("method.measures.columns.standardised"),
        "ω",
        say("method.measures.columns.spearmanBrown"),
        "n",
      ]}
      rows={rows.map(({ reliability, path }) => ({
        id: path,
        head: <DimensionNote reliability={reliability} reading={reading} />,
        cells: [
          say(`method.measures.readings.${reliability.reading}`),
          ...["alpha", "interval", "standardised", "omega", "spearmanBrown", "n"].map((number) => (
            <span key={number} className={reliability.formative ? "not-expected" : undefined}>
              {number === "interval" ? (
                <Limits path={path} reading={reading} />
              ) : (
                <NumberOrDash path={`${path}.${number}`} reading={reading} />
              )}
            </span>
          )),
        ],
      }))}
    />
  );
}

function Limits({ path, reading }: { path: string; reading: Reading }) {
  if (reading.view.numberAt(`${path}.low`) === null) return <span className="interval">–</span>;
  return (
    <>
      <Certified path={`${path}.low`} reading={reading} />–<Certified path={`${path}.high`} reading={reading} />
    </>
  );
}

/** What must be said of a dimension before its coefficient is read. */
function DimensionNote({ reliability, reading }: { reliability: Reliability; reading: Reading }) {
  const { say, view, language } = reading;
  const names = reliability.dropped
    .map((id) => view.cells.release.measures.find((one) => one.id === id)?.name[language] ?? id)
    .join(", ");
  return (
    <>
      {say(`dimensions.${reliability.dimension}.name`)}
      {reliability.formative && <span className="head-note">{say("method.measures.formative")}</span>}
      {reliability.opposed && <span className="head-note">{say("method.measures.opposed")}</span>}
      {names && <span className="head-note">{say("method.measures.dropped", { names })}</span>}
    </>
  );
}

function ItemTable({ rows, caption, reading }: { rows: Row[]; caption: string; reading: Reading }) {
  const { say, view, language } = reading;
  return (
    <DataTable
      caption={caption}
      columns={[
        say("method.measures.columns.item"),
        say("pages.table.dimension"),
        say("method.measures.columns.itemRest"),
        say("method.measures.columns.alphaWithout"),
      ]}
      rows={rows.flatMap(({ reliability, path }) =>
        reliability.items.map(({ measure }, place) => ({
          id: `${path} ${measure}`,
          head: view.cells.release.measures.find(({ id }) => id === measure)?.name[language] ?? measure,
          cells: [
            say(`dimensions.${reliability.dimension}.name`),
            <NumberOrDash key="rest" path={`${path}.items.${place}.itemRest`} reading={reading} />,
            <NumberOrDash key="without" path={`${path}.items.${place}.alphaWithout`} reading={reading} />,
          ],
        })),
      )}
    />
  );
}

function ComparabilityTable({ reading }: { reading: Reading }) {
  const { say, view, language } = reading;
  const all = view.cells.release.comparability.map((row, place) => ({ ...row, path: `comparability.${place}.shift` }));
  const differing = all.filter(({ differs }) => differs);
  const table = (rows: typeof all, caption: string) => (
    <DataTable
      caption={caption}
      columns={[
        say("method.measures.columns.item"),
        say("method.segments.columns.wave"),
        say("method.measures.columns.shift"),
        say("method.measures.columns.reading"),
      ]}
      rows={rows.map(({ wave, measure, path, differs }) => ({
        id: path,
        head: view.cells.release.measures.find(({ id }) => id === measure)?.name[language] ?? measure,
        cells: [
          waveName(reading, wave),
          <NumberOrDash key="shift" path={path} reading={reading} />,
          say(differs ? "method.measures.differs" : "method.measures.alike"),
        ],
      }))}
    />
  );
  if (all.length === 0) return <p>{say("method.measures.notCompared")}</p>;
  return (
    <>
      {differing.length > 0 ? (
        table(differing, say("method.measures.differing"))
      ) : (
        <p>{say("method.measures.noneDiffers")}</p>
      )}
      <Folded summary={say("method.measures.allCompared")}>{table(all, say("method.measures.allCompared"))}</Folded>
    </>
  );
}

const REASONS = ["dont_know", "refused", "no_answer"] as const;

/** Item non-response by reason, among those asked. */
function MissingTable({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { measures } = view.cells.release;
  const cellOf = (item: string, reason: (typeof REASONS)[number]) =>
    view.cells.find(`missing.${item}.${reason}`, "percent", { wave: view.wave });
  const rows = measures
    .filter(({ id }) => id.startsWith("item."))
    .map(({ id, name }) => ({ item: id.slice("item.".length), name: name[language] }))
    .filter(({ item }) => REASONS.some((reason) => cellOf(item, reason)));
  if (rows.length === 0) return <p>{say("method.measures.missingNone")}</p>;
  return (
    <Folded summary={`${say("method.measures.missingTable")}, ${waveName(reading, view.wave)}`}>
      <DataTable
        caption={say("method.measures.missingTable")}
        columns={[
          say("method.measures.columns.item"),
          ...REASONS.map((reason) => say(`method.measures.reasons.${reason}`)),
        ]}
        rows={rows.map(({ item, name }) => ({
          id: item,
          head: name,
          cells: REASONS.map((reason) => (
            <Printed key={reason} cell={cellOf(item, reason)} language={language} words={kinds} />
          )),
        }))}
      />
    </Folded>
  );
}
