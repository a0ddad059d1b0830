import type { ReactNode } from "react";
import type { Group } from "../../server/findings/view.ts";
import { Folded } from "../page/folded.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { portraitAddress } from "./portrait-address.ts";

type Props = {
  id: string;
  question: string;
  /** The finding: what this part says. */
  heading: ReactNode;
  sentence?: ReactNode;
  /** The part of the method card that says how this was made. */
  method: string;
  table?: ReactNode;
  group: Group;
  reading: Reading;
  children?: ReactNode;
};

/** A part of a portrait: question, finding, how to read it, what is shown, its table twin, how it was made. */
export function Part({ id, question, heading, sentence, method, table, group, reading, children }: Props) {
  const { say, address, view } = reading;
  const fixed = { release: view.cells.release.id, wave: view.wave };
  return (
    <section className="portrait-part" id={id} aria-labelledby={`${id}-finding`}>
      <p className="question">{question}</p>
      <h2 id={`${id}-finding`}>{heading}</h2>
      {sentence && <p className="sentence">{sentence}</p>}
      {children}
      <div className="portrait-more">
        <p className="figure-links">
          <a href={methodAddress(reading, method)}>{say("pages.figure.how")}</a>
          <a href={portraitAddress(group, address, { changes: fixed, anchor: id })}>{say("pages.figure.permanent")}</a>
        </p>
        {table && (
          <Folded className="twin" summary={say("pages.figure.table")}>
            {table}
          </Folded>
        )}
      </div>
    </section>
  );
}

/** The method card of the release that is read, at one of its parts. */
export function methodAddress({ address: { path, query } }: Reading, part: string): string {
  const { release } = query;
  return asking({ path: `${path}/method`, query: release ? { release } : {} }, {}, part);
}
