import type { ReactNode } from "react";

/** What can be compared of one variable: how an address asks for it first, and the codes to choose from. */
export type CompareChoice = {
  variable: string;
  name: string;
  href: string;
  asked: string;
  codes: { code: string; name: string }[];
  /** Waves are compared in pairs alone: a link for each, where there are several. */
  pairs: { name: string; href: string; asked: string }[];
};

type Props = {
  choices: CompareChoice[];
  /** What is shown, as an address asks for it. */
  shown: string;
  /** Everyone, as the other side. */
  everyone: { code: string; name: string };
  /** What else the address asks, kept when the form is sent without script. */
  kept: Record<string, string>;
  words: { by: string; first: string; second: string; show: string };
  children?: ReactNode;
};

/** Chooses two sides: links and a form that ask the page for them; `Exchange` around it has only this part of the page change. */
export function ChooseCompare({ choices, shown, everyone, kept, words, children }: Props) {
  const [variable = "", first = "", second = ""] = shown.split(":");
  const { codes = [], pairs = [] } = choices.find((choice) => choice.variable === variable) ?? {};
  const link = (to: { name: string; href: string; asked: string }, current: boolean) => (
    <li key={to.asked}>
      <a href={to.href} data-asked={to.asked} aria-current={current ? "true" : undefined}>
        {to.name}
      </a>
    </li>
  );
  const options = (all: { code: string; name: string }[]) =>
    all.map(({ code, name }) => (
      <option key={code} value={code}>
        {name}
      </option>
    ));

  return (
    <div className="compare-choices">
      <nav aria-label={words.by}>
        <ul>{choices.map((choice) => link(choice, choice.variable === variable))}</ul>
        {pairs.length > 1 && <ul>{pairs.map((pair) => link(pair, pair.asked === shown))}</ul>}
      </nav>
      {codes.length > 0 && (
        <form method="get" action="#compare">
          {Object.entries({ ...kept, compare: variable }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label>
            <span>{words.first}</span>
            <select name="first" defaultValue={first}>
              {options(codes)}
            </select>
          </label>
          <label>
            <span>{words.second}</span>
            <select name="second" defaultValue={second}>
              {options([...codes, everyone])}
            </select>
          </label>
          <button type="submit" className="button">
            {words.show}
          </button>
        </form>
      )}
      {children}
    </div>
  );
}
