import type { ReleaseInput } from "../../data/contracts/release.ts";
import { day, statisticNumber, wholeNumber } from "../figures/format.ts";
import type { Reading } from "../page/reading.ts";
import { waveName } from "../pictures/source-line.tsx";
import { Fact, isWeighted, Part } from "./part.tsx";

/** Where the picture comes from, extract by extract. */
export function DataPart({ reading }: { reading: Reading }) {
  const { say, view } = reading;
  return (
    <Part id="data" reading={reading}>
      <p>{say("method.data.text")}</p>
      {view.cells.release.inputs.map((input) => (
        <Source key={input.extract} input={input} reading={reading} />
      ))}
      <p>{say(isWeighted(reading) ? "method.data.weights" : "method.data.unweighted")}</p>
      <Calibrations reading={reading} />
      {view.cells.release.coverage.register !== null && <p>{say("method.data.coverage")}</p>}
    </Part>
  );
}

/** Weights that were raked to the register here, and what that cost. */
function Calibrations({ reading }: { reading: Reading }) {
  const { say, language, view } = reading;
  const { calibration, variables } = view.cells.release;
  const nameOf = (id: string) => variables.find((one) => one.id === id)?.name[language] ?? id;
  return calibration.map(({ wave, variables: by, effectiveBefore, effectiveAfter, totalsApart }) => (
    <p key={wave}>
      {say("method.data.calibration", {
        wave: waveName(reading, wave),
        variables: by.map(nameOf).join(", "),
        before: wholeNumber(effectiveBefore, language),
        after: wholeNumber(effectiveAfter, language),
      })}
      {totalsApart ? ` ${say("method.data.totalsApart")}` : ""}
    </p>
  ));
}

/** One extract: who gave it, what it is for, how many answered. */
function Source({ input, reading }: { input: ReleaseInput; reading: Reading }) {
  const { say, language } = reading;
  const unknown = say("method.unknown");
  const survey = input.role === "survey";
  const facts = {
    contributor: input.owner?.[language] ?? input.contributor,
    role: say(`method.data.roles.${input.role}`),
    waves: input.waves.map((wave) => waveName(reading, wave)).join(", "),
    respondents: input.respondents === null ? null : wholeNumber(input.respondents, language),
    weighted: survey ? (input.weighted ? say("method.yes") : say("method.no")) : null,
    without:
      survey && input.weighted && input.withoutWeight !== null ? wholeNumber(input.withoutWeight, language) : null,
    fieldwork: input.fieldwork ? fieldworkOf(input.fieldwork, reading) : survey ? unknown : null,
    rate:
      input.responseRate === null
        ? survey
          ? unknown
          : null
        : statisticNumber(input.responseRate * 100, "percent", language),
    population: input.population?.name[language] ?? (survey ? unknown : null),
    terms: input.terms?.[language] ?? unknown,
  };
  return (
    <div className="source-facts">
      <h3>
        {input.name[language]}, {facts.waves}
      </h3>
      <dl className="facts-list">
        {(Object.keys(facts) as (keyof typeof facts)[]).map(
          (name) =>
            facts[name] !== null && (
              <Fact key={name} name={say(`method.data.columns.${name}`)}>
                {facts[name]}
              </Fact>
            ),
        )}
      </dl>
    </div>
  );
}

function fieldworkOf({ from, to }: { from: string; to: string }, { language }: Reading): string {
  const write = (date: string) => (Number.isNaN(Date.parse(date)) ? date : day(date, language));
  return `${write(from)} – ${write(to)}`;
}
