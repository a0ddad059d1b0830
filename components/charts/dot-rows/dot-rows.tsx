import type { ReactNode } from "react";
import type { Language } from "../../../data/contracts/names.ts";
import { sayIn } from "../../words/translator.ts";
import type { Mark, ScaleLine } from "./geometry.ts";
import { Whisker, WhiskerAxis, type WhiskerMark } from "./whisker.tsx";

export type DotRow = {
  id: string;
  label: ReactNode;
  marks: WhiskerMark[];
  reference?: Mark | null;
  /** The numbers of the row in words; where there are none, the words for that. */
  text: ReactNode;
  apart?: boolean;
};

/**
 * Rows of dots on one common line: the name, the line, the numbers. On a phone the line goes under the words. Without
 * rows a sentence says so.
 */
export function DotRows({
  rows,
  label,
  language,
  line,
}: {
  rows: DotRow[];
  label: string;
  language: Language;
  line?: ScaleLine;
}) {
  if (rows.length === 0) return <p className="empty-face">{sayIn(language)("pages.figure.nothing")}</p>;
  return (
    <div className="dot-rows">
      <div className="dot-row dot-axis">
        <span />
        <WhiskerAxis line={line} language={language} />
        <span />
      </div>
      <ul aria-label={label}>
        {rows.map((row) => (
          <li key={row.id} className={`dot-row ${row.apart ? "apart" : ""}`}>
            <span className="dot-label">{row.label}</span>
            <Whisker marks={row.marks} reference={row.reference} line={line} />
            <span className="dot-text">{row.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
