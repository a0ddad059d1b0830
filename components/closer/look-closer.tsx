"use client";

import { type FormEvent, useState } from "react";
import { keepInAddress } from "../page/keep-in-address.ts";
import { type CloserAnswer, type CloserChoices, CloserTable, type CloserWords } from "./closer-table.tsx";

export type CloserFormWords = CloserWords & {
  dimension: string;
  by: string;
  groups: string;
  show: string;
  loading: string;
  ready: string;
  failed: string;
};

type Props = {
  choices: CloserChoices;
  words: CloserFormWords;
  /** What is chosen, with its cells where the address asks for them. */
  answer: Answer;
  /** What else the address asks, kept when the form is sent without script. */
  kept: Record<string, string>;
};

type Answer = Omit<CloserAnswer, "cells"> & { cells: CloserAnswer["cells"] | null };
type State = { is: "still" | "asking" | "answered" | "failed"; answer: Answer };

/**
 * Choose a dimension, a background variable and a grouping and see their stored cells. Without script the form asks the page
 * for the same table; with it, only the cells travel. The address says what is shown.
 */
export function LookCloser({ choices, words, answer, kept }: Props) {
  const [state, setState] = useState<State>({ is: "still", answer });

  async function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [dimension, by] = [String(form.get("dimension")), String(form.get("by"))];
    const groups = (form.get("groups") as string | null) ?? answer.groups;
    setState((before) => ({ ...before, is: "asking" }));
    try {
      const { fetchAnswer } = await import("./fetch-answer.ts");
      const found = await fetchAnswer(choices, { dimension: `dimension.${dimension}`, by, groups });
      setState({ is: "answered", answer: found });
      keepInAddress({ dimension, by, groups: choices.groupings.length > 1 ? groups : null });
    } catch {
      setState((before) => ({ ...before, is: "failed" }));
    }
  }

  const { cells } = state.answer;
  return (
    <div className="closer">
      <form method="get" action="#closer" onSubmit={ask}>
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label>
          <span>{words.dimension}</span>
          <select name="dimension" defaultValue={answer.dimension.replace("dimension.", "")}>
            {choices.dimensions.map(({ measure, name }) => (
              <option key={measure} value={measure.replace("dimension.", "")}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span>{words.by}</span>
          <select name="by" defaultValue={answer.by}>
            {choices.variables.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
        {choices.groupings.length > 1 && (
          <label>
            <span>{words.groups}</span>
            <select name="groups" defaultValue={answer.groups ?? undefined}>
              {choices.groupings.map(({ variable, name }) => (
                <option key={variable} value={variable}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <button type="submit" className="button">
          {words.show}
        </button>
      </form>
      <p role="status" className="closer-status">
        {state.is === "asking" && words.loading}
        {state.is === "answered" && <span className="sr-only">{words.ready}</span>}
      </p>
      {state.is === "failed" && (
        <p role="alert" className="failed-face">
          {words.failed}
        </p>
      )}
      {cells && <CloserTable choices={choices} answer={{ ...state.answer, cells }} words={words} />}
    </div>
  );
}
