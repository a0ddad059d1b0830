import { memo, useEffect, useRef } from "react";
import type { Language } from "../../data/contracts/names.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { markOf } from "../charts/dot-rows/geometry.ts";
import { type KindWords, Printed } from "../figures/printed.tsx";
import { ExploreMark } from "./explore-mark.tsx";

export type RowWords = { kinds: KindWords; settled: string; unsettled: string };

type Props = {
  /** The field that the row is a choice of, and what choosing it says; no code is everyone. */
  field: string;
  code: string;
  name: string;
  chosen: boolean;
  cell: KeyedCell | null;
  everyone: KeyedCell | null;
  language: Language;
  words: RowWords;
  onChoose: (field: string, code: string) => void;
};

/** One code of a chart: its name, its mark on the whole scale, its number; and a choice, by hand, by arrow or drawn over. */
export const ExploreRow = memo(function ExploreRow(props: Props) {
  const { field, code, name, chosen, cell, everyone, language, words, onChoose } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.checked = chosen;
  });
  const print = { cell, language, words: words.kinds };
  return (
    <label
      className="explore-row"
      onPointerEnter={({ buttons, pointerType }) => {
        if (buttons === 1 && pointerType === "mouse") onChoose(field, code);
      }}
    >
      <input
        ref={input}
        type="radio"
        name={field}
        value={code}
        defaultChecked={chosen}
        onChange={() => onChoose(field, code)}
        onPointerDown={(event) => event.currentTarget.releasePointerCapture(event.pointerId)}
      />
      <span className="explore-name">{name}</span>
      <ExploreMark mark={markOf(cell?.figure)} reference={markOf(everyone?.figure)} />
      <span className="explore-number">
        <Printed {...print} className="number" />{" "}
        <span className="interval">
          <Printed {...print} part="interval" />
        </span>
        <Against cell={cell} language={language} words={words} />
      </span>
    </label>
  );
}, isSame);

function Against({ cell, language, words }: Pick<Props, "cell" | "language" | "words">) {
  const against = cell?.figure.kind === "value" ? cell.figure.versus[0] : undefined;
  if (!against) return null;
  return (
    <span className={against.settled ? "settled" : "unsettled"}>
      {" "}
      <Printed cell={cell} language={language} words={words.kinds} part="difference" against="everyone" />
      <span className="sr-only"> {against.settled ? words.settled : words.unsettled}</span>
    </span>
  );
}

/** A cell of one key is one figure for ever: a release never changes. */
function isSame(before: Props, now: Props): boolean {
  return (
    before.cell?.key === now.cell?.key &&
    before.everyone?.key === now.everyone?.key &&
    before.chosen === now.chosen &&
    before.name === now.name &&
    before.onChoose === now.onChoose
  );
}
