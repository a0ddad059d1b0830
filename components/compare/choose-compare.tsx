"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type MouseEvent, type ReactNode, useState, useTransition } from "react";

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
  words: { by: string; first: string; second: string; show: string; loading: string; ready: string };
  children?: ReactNode;
};

/**
 * Chooses two sides. Without script the links and the form ask the page for the same; with it the page changes in place,
 * keeps where the reader is, and says when it has. The address carries the choice, so back and forward work.
 */
export function ChooseCompare({ choices, shown, everyone, kept, words, children }: Props) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const [touched, setTouched] = useState(false);
  const [variable = "", first = "", second = ""] = shown.split(":");
  const { codes = [], pairs = [] } = choices.find((choice) => choice.variable === variable) ?? {};

  function ask(asked: string) {
    const address = new URL(window.location.href);
    address.searchParams.set("compare", asked);
    address.searchParams.delete("first");
    address.searchParams.delete("second");
    address.hash = "compare";
    setTouched(true);
    const search = address.search.replaceAll("%3A", ":");
    start(() => router.push(`${address.pathname}${search}${address.hash}`, { scroll: false }));
  }

  function onClick(event: MouseEvent<HTMLAnchorElement>, asked: string) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask(asked);
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    ask(`${variable}:${form.get("first")}:${form.get("second")}`);
  }

  const link = (to: { name: string; href: string; asked: string }, current: boolean) => (
    <li key={to.asked}>
      <a href={to.href} aria-current={current ? "true" : undefined} onClick={(event) => onClick(event, to.asked)}>
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
    <div className="compare-choices" aria-busy={pending}>
      <nav aria-label={words.by}>
        <ul>{choices.map((choice) => link(choice, choice.variable === variable))}</ul>
        {pairs.length > 1 && <ul>{pairs.map((pair) => link(pair, pair.asked === shown))}</ul>}
      </nav>
      {codes.length > 0 && (
        <form method="get" action="#compare" onSubmit={onSubmit}>
          {Object.entries({ ...kept, compare: variable }).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <label>
            <span>{words.first}</span>
            <select key={shown} name="first" defaultValue={first}>
              {options(codes)}
            </select>
          </label>
          <label>
            <span>{words.second}</span>
            <select key={shown} name="second" defaultValue={second}>
              {options([...codes, everyone])}
            </select>
          </label>
          <button type="submit" className="button">
            {words.show}
          </button>
        </form>
      )}
      {children}
      <p role="status" className="compare-status">
        {pending ? words.loading : touched ? <span className="sr-only">{words.ready}</span> : null}
      </p>
    </div>
  );
}
