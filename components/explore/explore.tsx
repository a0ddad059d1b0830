"use client";

import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { KeyedCell } from "../../server/findings/view.ts";
import { Printed } from "../figures/printed.tsx";
import { keepInAddress } from "../page/keep-in-address.ts";
import type { Engine } from "./engine.ts";
import { EVERYONE, ExploreChart } from "./explore-chart.tsx";
import type { RowWords } from "./explore-row.tsx";
import { type ExploreMessages, type SayExplore, speakerOf } from "./explore-words.ts";
import {
  type Asked,
  choosing,
  closestAnswer,
  type ExploreChoices,
  type ExploredMeasure,
  finderOf,
  linkedCharts,
  measuring,
} from "./explored.ts";

type Props = {
  choices: ExploreChoices;
  asked: Asked;
  /** The cells around what the address asks, as the server found them. */
  cells: KeyedCell[];
  words: RowWords;
  messages: ExploreMessages;
  /** The address of the release's Arrow stream. */
  stream: string;
  /** What else the address asks, kept when the form is sent without script. */
  kept: Record<string, string>;
};

/** How long a choice stands before the address says it: a hand that draws over rows makes many. */
const SETTLES_IN = 150;
/** The field of the dimensions' own chart; without script it wins over the list of measures where it was changed. */
const DIMENSION = "dimension";

/**
 * Linked charts over the published cells. A row that is chosen in one cuts all the others; the engine in the browser finds their
 * cells within a frame. Until it has started, and where it cannot, the server finds the same; without script the form asks the page.
 */
export function Explore({ choices, asked: initial, cells: first, words, messages, stream, kept }: Props) {
  const say = useMemo(() => speakerOf(messages, choices.language), [messages, choices.language]);
  const { engine, state } = useEngine(stream, choices);
  const [{ asked, cells }, setShown] = useState({ asked: initial, cells: first });
  const [open, setOpen] = useState<string[]>([]);
  const latest = useRef(initial);
  const answering = useRef(false);

  /** One question at a time, and after it the latest: of choices that a hand draws over only the last counts. */
  const ask = useCallback(
    async (next: Asked) => {
      latest.current = next;
      if (answering.current) return;
      answering.current = true;
      try {
        for (let answered: Asked | null = null; answered !== latest.current; ) {
          answered = latest.current;
          const ready = await engine();
          setShown({ asked: answered, cells: await ready.around(answered) });
        }
      } catch {
        window.location.assign(addressOf(latest.current, initial));
      } finally {
        answering.current = false;
      }
    },
    [engine, initial],
  );

  const onChoose = useCallback(
    (field: string, code: string) => {
      const before = latest.current;
      const measure =
        field === "measure" || field === DIMENSION ? choices.measures.find(({ id }) => id === code) : undefined;
      ask(measure ? measuring(before, choices, measure) : choosing(before, choices, field, code || null));
    },
    [ask, choices],
  );
  const onOpen = useCallback((field: string, isOpen: boolean) => {
    setOpen((before) =>
      isOpen ? [...before.filter((one) => one !== field), field] : before.filter((one) => one !== field),
    );
  }, []);

  useEffect(() => {
    if (asked === initial) return;
    const settling = window.setTimeout(() => keepInAddress(changes(asked, choices)), SETTLES_IN);
    return () => window.clearTimeout(settling);
  }, [asked, initial, choices]);

  const find = useMemo(() => finderOf(cells), [cells]);
  const order = choices.variables.map(({ id }) => id);
  const { measure, statistic, wave } = asked;
  const everyone = find(measure, statistic, { wave });
  const frame = { language: choices.language, words, say, onChoose, onOpen };
  return (
    <form className="explore" method="get" data-engine={state}>
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="before" value={asked.measure} />
      <div className="explore-head">
        <MeasureChoice choices={choices} chosen={asked.measure} onChoose={onChoose} say={say} />
        <Answer asked={asked} choices={choices} cells={cells} order={order} words={words} say={say} />
        <button
          type="button"
          className="button-quiet explore-clear"
          disabled={Object.keys(asked.at).length === 0}
          onClick={() => ask({ ...latest.current, at: {} })}
        >
          {say("clear")}
        </button>
        <noscript>
          <button type="submit" className="button">
            {say("show")}
          </button>
        </noscript>
      </div>
      <p role="status" className="explore-status">
        {state === "absent" && say("absent")}
      </p>
      <div className="explore-charts">
        <ExploreChart
          {...frame}
          field={DIMENSION}
          name={say("dimensions")}
          cut={cutSaid(asked.at, [], choices, say)}
          rows={dimensionRows(asked, choices, find)}
          compared={Object.keys(asked.at).length > 0}
          chosen={asked.measure}
          everyone={null}
          open={open.includes(DIMENSION)}
        />
        {linkedCharts(asked, choices, find).map(({ variable, kept: cut, left, rows }) => {
          const { name = variable, codes = [] } = choices.variables.find(({ id }) => id === variable) ?? {};
          const named = rows.map((row) => ({
            ...row,
            name: codes.find(({ code }) => code === row.code)?.name ?? row.code,
          }));
          const all = {
            code: EVERYONE,
            name: say(Object.keys(cut).length > 0 ? "together" : "everyone"),
            cell: find(measure, statistic, { wave, ...cut }),
          };
          return (
            <ExploreChart
              key={variable}
              {...frame}
              field={variable}
              name={name}
              cut={cutSaid(cut, left, choices, say)}
              rows={variable === "wave" ? named : [all, ...named]}
              chosen={variable === "wave" ? asked.wave : (asked.at[variable] ?? EVERYONE)}
              everyone={everyone}
              open={open.includes(variable)}
            />
          );
        })}
      </div>
    </form>
  );
}

/** The browser's own engine once it has started, and the server until then and where it does not. */
function useEngine(stream: string, choices: ExploreChoices) {
  const [state, setState] = useState<"starting" | "ready" | "absent">("starting");
  const started = useRef<Engine | null>(null);
  useEffect(() => {
    const variables = choices.variables.map(({ id }) => id);
    import("./engine.ts")
      .then(({ startEngine }) => startEngine(stream, variables))
      .then(
        (engine) => {
          started.current = engine;
          setState("ready");
        },
        () => setState("absent"),
      );
  }, [stream, choices]);
  const engine = useCallback(async (): Promise<Engine> => {
    if (started.current) return started.current;
    const { atServer } = await import("./at-server.ts");
    return atServer(choices.release);
  }, [choices]);
  return { engine, state };
}

/** The number that was asked for, or the closest that is published, said as it changes. */
function Answer({
  asked,
  choices,
  cells,
  order,
  words,
  say,
}: Pick<Props, "asked" | "choices" | "cells" | "words"> & { order: string[]; say: SayExplore }) {
  const { cell, at, left } = closestAnswer(asked, order, finderOf(cells));
  const measure = choices.measures.find(({ id }) => id === asked.measure);
  const print = { cell, language: choices.language, words: words.kinds };
  return (
    <div className="explore-answer" role="status">
      {left.length > 0 && <p className="explore-closest">{say(cell ? "closest" : "nothing")}</p>}
      <p>
        <span className="explore-whom">{namesOf(at, choices).join(", ") || say("everyone")}</span>
        <span className="explore-of">
          {measure?.name}, {namesOf({ wave: asked.wave }, choices)}
        </span>
      </p>
      {cell && (
        <p className="explore-value">
          <Printed {...print} className="number" />{" "}
          <span className="interval">
            <Printed {...print} part="interval" />
          </span>{" "}
          {cell.figure.kind === "value" && cell.figure.n !== null && (
            <span className="interval">
              n = <Printed {...print} part="n" />
            </span>
          )}
        </p>
      )}
    </div>
  );
}

/** Every measure in a list by what it is about; the dimensions are a chart of their own beside. */
function MeasureChoice({
  choices,
  chosen,
  onChoose,
  say,
}: {
  choices: ExploreChoices;
  chosen: string;
  onChoose: (field: string, code: string) => void;
  say: SayExplore;
}) {
  const kinds = [...new Set(choices.measures.map(({ kind }) => kind))];
  return (
    <label className="explore-measure">
      <span>{say("measure")}</span>
      <select name="measure" value={chosen} onChange={(event) => onChoose("measure", event.target.value)}>
        {kinds.map((kind) => (
          <optgroup key={kind} label={say(`kinds.${kind}`)}>
            {choices.measures
              .filter((measure) => measure.kind === kind)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function dimensionRows(
  asked: Asked,
  choices: ExploreChoices,
  find: ReturnType<typeof finderOf>,
): { code: string; name: string; cell: KeyedCell | null }[] {
  return choices.measures
    .filter(({ kind }) => kind === "dimension")
    .map((dimension: ExploredMeasure) => {
      const { at } = measuring(asked, choices, dimension);
      return {
        code: dimension.id,
        name: dimension.name,
        cell: find(dimension.id, dimension.statistic, { wave: asked.wave, ...at }),
      };
    });
}

/** By what a chart is cut, and what of the choices it could not keep. */
function cutSaid(cut: Asked["at"], left: string[], choices: ExploreChoices, say: SayExplore): ReactNode {
  const names = namesOf(cut, choices);
  const variables = left.map((name) => choices.variables.find(({ id }) => id === name)?.name ?? name);
  return (
    <>
      {names.length > 0 ? say("cut", { list: names.join(", ") }) : say("uncut")}
      {variables.length > 0 && <em> {say("left", { list: variables.join(", ") })}</em>}
    </>
  );
}

function namesOf(at: Asked["at"], { variables }: ExploreChoices): string[] {
  return variables.flatMap(({ id, codes }) => codes.find(({ code }) => code === at[id])?.name ?? []);
}

/** What the address says of what is asked; a variable that does not cut leaves it. */
function changes({ measure, wave, at }: Asked, { variables }: ExploreChoices): Record<string, string | null> {
  const cuts = variables.filter(({ id }) => id !== "wave").map(({ id }) => [id, at[id] ?? null]);
  return { measure, dimension: null, before: null, wave, ...Object.fromEntries(cuts) };
}

function addressOf(asked: Asked, before: Asked): string {
  const address = new URL(window.location.href);
  for (const name of [DIMENSION, "before", ...Object.keys(before.at)]) address.searchParams.delete(name);
  for (const [name, value] of Object.entries({ measure: asked.measure, wave: asked.wave, ...asked.at }))
    address.searchParams.set(name, value);
  return address.href;
}
