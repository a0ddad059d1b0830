import type { Comparable, CompareAnswer, Comparison, Side } from "../../server/findings/compare.ts";
import { Figure } from "../charts/figure.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { groupName } from "../pictures/group-name.ts";
import { waveName } from "../pictures/source-line.tsx";
import { ChooseCompare, type CompareChoice } from "./choose-compare.tsx";
import { CompareRows } from "./compare-rows.tsx";
import { CompareShares } from "./compare-shares.tsx";
import { CompareItems, CompareTable } from "./compare-table.tsx";
import { sideCalled } from "./side-name.ts";
import { type SideNumber, SideSign } from "./two-marks.tsx";

/** "Vertaa kahta": what differs surely between two areas, groups or other parts of the people, or between two waves. */
export function Compare({ reading: around }: { reading: Reading }) {
  const answer = around.view.compare(around.address.query.compare);
  if (!answer) return null;
  const { comparison } = answer;
  const reading = keeping(around, comparison.asked);
  const { say, view } = reading;
  const { heading, facts } = view.compared(comparison);
  const { variable } = comparison;
  return (
    <Figure
      id="compare"
      question={say("pages.compare.question")}
      heading={<Sentence finding={heading} reading={reading} />}
      sentence={
        <>
          {say("pages.compare.sentence")}
          {(variable === "segment" || variable === "band" || variable === "troubles") &&
            ` ${say(`pages.compare.made.${variable}`)}`}
        </>
      }
      source={<CompareSource comparison={comparison} reading={reading} />}
      method="comparisons"
      reading={reading}
      table={<CompareTable comparison={comparison} reading={reading} />}
    >
      <Choose answer={answer} reading={reading} />
      {facts.length > 0 && (
        <ul className="compare-facts">
          {facts.map((finding) => (
            <li key={JSON.stringify([finding.id, finding.values])}>
              <Sentence finding={finding} reading={reading} />
            </li>
          ))}
        </ul>
      )}
      <div className="compare-sides">
        {comparison.sides.map((side, place) => (
          <SideHead key={side.code} side={side} number={place === 0 ? 1 : 2} reading={reading} />
        ))}
      </div>
      <CompareRows comparison={comparison} reading={reading} />
      <CompareShares comparison={comparison} reading={reading} />
      <CompareItems comparison={comparison} reading={reading} />
    </Figure>
  );
}

/** Links of the block ask for the comparison that it shows, also where the address asked for none. */
function keeping(reading: Reading, compare: string): Reading {
  return { ...reading, address: { ...reading.address, query: { ...reading.address.query, compare } } };
}

function Choose({ answer, reading }: { answer: CompareAnswer; reading: Reading }) {
  const { say, view, address, language } = reading;
  const { compare: _compare, ...kept } = address.query;
  return (
    <ChooseCompare
      choices={view.comparables.map((comparable) => choiceOf(comparable, reading))}
      shown={answer.comparison.asked}
      everyone={{ code: "all", name: sideCalled({ variable: "", code: "all", name: null }, say, language) }}
      kept={kept}
      words={{
        by: say("pages.compare.by"),
        first: say("pages.compare.first"),
        second: say("pages.compare.second"),
        show: say("pages.compare.show"),
      }}
    >
      {(answer.reading === "same" || answer.reading === "not-published") && (
        <p className="compare-not" role="alert">
          {say(`pages.compare.${answer.reading === "same" ? "same" : "notPublished"}`)}
        </p>
      )}
      <p className="note">{say("pages.compare.limits")}</p>
    </ChooseCompare>
  );
}

function choiceOf({ variable, name, codes, first }: Comparable, reading: Reading): CompareChoice {
  const { say, language, address } = reading;
  const isGrouping = variable === "segment" || variable === "band" || variable === "troubles";
  const hrefOf = (asked: string) => asking(address, { compare: asked }, "compare").replaceAll("%3A", ":");
  const later = variable === "wave" ? codes : [];
  return {
    variable,
    name: isGrouping ? say(`pages.ribbon.groupings.${variable}`) : (name?.[language] ?? variable),
    href: hrefOf(first),
    asked: first,
    codes:
      variable === "wave"
        ? []
        : codes.map((one) => ({ code: one.code, name: sideCalled({ variable, ...one }, say, language) })),
    pairs: later.flatMap(({ code, before }) => {
      const asked = `wave:${code}:${before}`;
      return { name: `${waveName(reading, code)} – ${waveName(reading, before ?? "")}`, href: hrefOf(asked), asked };
    }),
  };
}

/** What one side is, how many answered, and of a group its share and its proposed name. */
function SideHead({ side, number, reading }: { side: Side; number: SideNumber; reading: Reading }) {
  const { say, language, kinds, view } = reading;
  const print = { language, words: kinds };
  const group = side.variable === "segment" ? view.groupAsked("segment", side.code) : null;
  return (
    <p className="compare-side">
      <SideSign number={number} />
      <span>
        <strong>{sideCalled(side, say, language)}</strong>
        {group && <span className="compare-side-name">{groupName(group, reading)}</span>}
        <span className="interval">
          {side.share && (
            <>
              <Printed cell={side.share} {...print} /> {say("pages.compare.ofAll")},{" "}
            </>
          )}
          n = <Printed cell={side.persons} {...print} />
        </span>
      </span>
    </p>
  );
}

/** Where the numbers come from, of which waves, and how many answered in each side. */
function CompareSource({ comparison, reading }: { comparison: Comparison; reading: Reading }) {
  const { view, say, language, kinds } = reading;
  const waves = [...new Set(comparison.sides.map(({ at }) => at.wave ?? view.wave))];
  const surveys = view.cells.release.inputs.filter(
    ({ role, waves: held }) => role === "survey" && waves.some((wave) => held.includes(wave)),
  );
  const names = [...new Set(surveys.map(({ name }) => name[language]))];
  return (
    <>
      {say("pages.figure.source")} {names.join("; ")}, {waves.map((wave) => waveName(reading, wave)).join(", ")}
      {surveys.some(({ weighted }) => weighted) && `, ${say("pages.figure.weighted")}`}
      {comparison.sides.map((side) => (
        <span key={side.code}>
          , {sideCalled(side, say, language)} n = <Printed cell={side.persons} language={language} words={kinds} />
        </span>
      ))}
    </>
  );
}
