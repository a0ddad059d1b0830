import { Folded } from "../page/folded.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { waveName } from "./source-line.tsx";

/** Which measures a figure is made of, where they are not the dimensions. */
const MEASURES: Record<string, string> = {
  groups: "persons",
  "pile-up": "persons",
  levels: "persons",
  weakest: "low",
  drivers: "driver",
  links: "link",
  services: "service",
  actors: "service",
  skills: "skill",
  series: "series",
  coverage: "coverage",
};
const FORMATS = ["csv", "xlsx", "json"] as const;

/** What a figure is made of, to take along: its measures' numbers as files, and how to cite it. */
export function TakeFigure({ id, question, reading }: { id: string; question: string; reading: Reading }) {
  const { say, address, view, language } = reading;
  const { release } = view.cells;
  const measures = MEASURES[id] ?? "dimension";
  const asked = new URLSearchParams({ wave: view.wave, cuts: "1", language });
  const fixed = { release: release.id, wave: view.wave };
  const words = { csv: "CSV", xlsx: say("pages.exports.excel"), json: "JSON-stat" };
  return (
    <Folded
      className="twin take"
      summary={
        <>
          {say("pages.exports.take")}
          <span className="sr-only">: {question}</span>
        </>
      }
    >
      <div className="take-parts">
        <p>
          {say("pages.exports.download")}:{" "}
          {FORMATS.map((format) => (
            <a key={format} href={`/api/published/${release.id}/numbers/${measures}.${format}?${asked}`} download="">
              {words[format]}
            </a>
          ))}
        </p>
        <p>
          {say("pages.exports.cite")}:{" "}
          <cite>
            {say("pages.exports.citation", {
              event: release.lifeEvent.name[language],
              question,
              wave: waveName(reading, view.wave),
              release: release.id,
            })}
            {release.synthetic ? ` ${say("pages.exports.synthetic")}` : ""}
          </cite>{" "}
          <a href={asking(address, fixed, id)}>{say("pages.figure.permanent")}</a>
        </p>
      </div>
    </Folded>
  );
}
