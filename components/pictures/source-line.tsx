import { Printed } from "../figures/printed.tsx";
import type { Reading } from "../page/reading.ts";

/** Where the numbers come from, which wave, and how many answered. */
export function SourceLine({ reading, register = false }: { reading: Reading; register?: boolean }) {
  const { view, say, language, kinds } = reading;
  const { inputs, coverage } = view.cells.release;
  const surveys = inputs.filter(({ role, waves }) => role === "survey" && waves.includes(view.wave));
  const names = [...new Set(surveys.map(({ name }) => name[language]))];
  const registerName = inputs.find(({ codebook }) => codebook === coverage.register)?.name[language];
  const persons = view.persons();
  return (
    <>
      {say("pages.figure.source")} {names.join("; ")}, {waveName(reading, view.wave)}
      {surveys.some(({ weighted }) => weighted) ? `, ${say("pages.figure.weighted")}` : ""}
      {persons?.figure.kind === "value" && (
        <>
          , n = <Printed cell={persons} language={language} words={kinds} />
        </>
      )}
      {register && registerName ? ` · ${registerName}` : ""}
    </>
  );
}

export function waveName({ view, language }: Reading, code: string): string {
  return view.waves.find((wave) => wave.code === code)?.name?.[language] ?? code;
}
