import type { ReactNode } from "react";
import type { Language } from "../../data/contracts/names.ts";
import { LANGUAGES } from "../../data/words/languages.ts";
import { sayIn } from "../words/translator.ts";
import { pathIn } from "./reading.ts";
import { Unfold } from "./unfold.tsx";

const LANGUAGE_NAMES: Record<Language, string> = { fi: "Suomi", sv: "Svenska", en: "English" };

/** What stands around every page: the way past it, the name of the service, the languages, the main part, the foot. */
export function Shell({
  language,
  path,
  query = {},
  banner,
  children,
}: {
  language: Language;
  path: string;
  query?: Record<string, string>;
  banner?: ReactNode;
  children: ReactNode;
}) {
  const say = sayIn(language);
  const asked = new URLSearchParams(query).toString();
  return (
    <>
      <a className="skip-link" href="#main">
        {say("pages.shell.skip")}
      </a>
      <header className="top">
        <div className="top-inner">
          <a className="service-name" href={pathIn(language, "/")}>
            <svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true" focusable="false">
              <rect className="service-mark-1" x="0" y="4" width="11" height="18" />
              <rect className="service-mark-2" x="13" y="4" width="6" height="18" />
              <rect className="service-mark-3" x="21" y="4" width="5" height="18" />
            </svg>
            Tilannekuva
          </a>
          <nav aria-label={say("pages.shell.languages")}>
            <ul className="languages">
              {LANGUAGES.map((one) => (
                <li key={one}>
                  <a
                    href={`${pathIn(one, path)}${asked ? `?${asked}` : ""}`}
                    lang={one}
                    hrefLang={one}
                    data-keeps=""
                    aria-current={one === language ? "true" : undefined}
                  >
                    {one.toUpperCase()}
                    <span className="sr-only"> {LANGUAGE_NAMES[one]}</span>
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {banner}
      </header>
      <main id="main" tabIndex={-1}>
        {children}
        <Unfold />
      </main>
      <footer className="foot">
        <div className="foot-inner">
          <p>{say("pages.shell.foot")}</p>
          <nav aria-label={say("pages.shell.service")}>
            <a href={pathIn(language, "/accessibility")}>{say("pages.accessibility.heading")}</a>
          </nav>
        </div>
      </footer>
    </>
  );
}

/** Synthetic data say so on every page. */
export function SyntheticBanner({ language }: { language: Language }) {
  return (
    <p className="banner">
      <span className="banner-inner">{sayIn(language)("pages.shell.synthetic")}</span>
    </p>
  );
}

/** The designed face of a page that cannot show what was asked. */
export function NoticePage({
  language,
  heading,
  text,
  path = "/",
}: {
  language: Language;
  heading: string;
  text: string;
  path?: string;
}) {
  return (
    <Shell language={language} path={path}>
      <div className="notice">
        <h1>{heading}</h1>
        <p>{text}</p>
        <p>
          <a className="button" href={pathIn(language, "/")}>
            {sayIn(language)("pages.shell.toCentre")}
          </a>
        </p>
      </div>
    </Shell>
  );
}
