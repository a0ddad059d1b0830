import type { ReactNode } from "react";
import { Folded } from "../page/folded.tsx";
import { asking, type Reading } from "../page/reading.ts";
import { TakeFigure } from "../pictures/take-figure.tsx";

export type FigureProps = {
  /** The permanent anchor of the figure. */
  id: string;
  question: string;
  /** The finding: what the figure says. */
  heading: ReactNode;
  /** How to read it, in one to three sentences. */
  sentence: ReactNode;
  source: ReactNode;
  table: ReactNode;
  /** The part of the method card that says how this was made. */
  method: string;
  reading: Reading;
  children: ReactNode;
};

/** The frame of every chart: finding, chart, sentence, source with n, table twin, how it was made, permanent link. */
export function Figure({ id, question, heading, sentence, source, table, method, reading, children }: FigureProps) {
  const { say, address, view } = reading;
  const fixed = { release: view.cells.release.id, wave: view.wave };
  const methodPath = `${address.path}/method${address.query.release ? `?release=${address.query.release}` : ""}`;
  const ofThis = <span className="sr-only">: {question}</span>;
  return (
    <section className="picture-section" aria-labelledby={`${id}-question`} id={id}>
      <p className="question" id={`${id}-question`}>
        {question}
      </p>
      <h2 id={`${id}-finding`}>{heading}</h2>
      <p className="sentence">{sentence}</p>
      <figure>
        {children}
        <figcaption>
          <span className="source">{source}</span>
          <span className="figure-links">
            <a href={`${methodPath}#${method}`}>
              {say("pages.figure.how")}
              {ofThis}
            </a>
            <a href={asking(address, fixed, id)}>
              {say("pages.figure.permanent")}
              {ofThis}
            </a>
            <a href={`${methodPath}#wrong`}>
              {say("pages.figure.wrong")}
              {ofThis}
            </a>
          </span>
        </figcaption>
      </figure>
      <Folded
        className="twin"
        summary={
          <>
            {say("pages.figure.table")}
            {ofThis}
          </>
        }
      >
        {table}
      </Folded>
      <TakeFigure id={id} question={question} reading={reading} />
    </section>
  );
}
