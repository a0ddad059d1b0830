import type { Metadata } from "next";
import { LifeEventCard } from "../../components/centre/life-event-card.tsx";
import { PatternSheet } from "../../components/charts/ribbon/pattern.tsx";
import { kindWordsOf } from "../../components/page/reading.ts";
import { Shell, SyntheticBanner } from "../../components/page/shell.tsx";
import { sayIn } from "../../components/words/translator.ts";
import { listLifeEvents } from "../../server/api/life-event/list.ts";
import { type LocaleParams, languageOf } from "../i18n/language-of.ts";

export async function generateMetadata({ params }: LocaleParams): Promise<Metadata> {
  const say = sayIn(await languageOf(params));
  return { title: { absolute: `${say("pages.centre.heading")} – Tilannekuva` } };
}

/** The situation centre: which pictures there are and what they say, then what is missing from the others. */
export default async function Centre({ params }: LocaleParams) {
  const language = await languageOf(params);
  const say = sayIn(language);
  const listed = await listLifeEvents();
  const shown = listed.filter(({ picture }) => picture);
  const missing = listed.filter(({ picture }) => !picture);
  const synthetic = shown.some(({ picture }) => picture?.view.cells.release.synthetic);
  const kinds = kindWordsOf(say);
  return (
    <Shell language={language} path="/" banner={synthetic ? <SyntheticBanner language={language} /> : null}>
      <PatternSheet />
      <div className="centre">
        <h1>{say("pages.centre.heading")}</h1>
        <p className="lead">{say("pages.centre.lead")}</p>
        <section aria-labelledby="shown-heading">
          <h2 id="shown-heading">{say("pages.centre.shown")}</h2>
          {shown.length === 0 && <p className="empty-face">{say("pages.centre.none")}</p>}
          <ul className="picture-cards">
            {shown.map((one) => (
              <LifeEventCard key={one.id} listed={one} language={language} say={say} kinds={kinds} />
            ))}
          </ul>
        </section>
        {missing.length > 0 && (
          <section aria-labelledby="missing-heading">
            <h2 id="missing-heading">{say("pages.centre.missing")}</h2>
            <ul className="missing-cards">
              {missing.map(({ id, name, purpose, needs, ownerName }) => (
                <li key={id} className="missing-card">
                  <h3>{name[language]}</h3>
                  <p>{purpose[language]}</p>
                  {needs.length > 0 && (
                    <>
                      <p className="needs">{say("pages.centre.needs")}</p>
                      <ul>
                        {needs.map((need) => (
                          <li key={need.fi}>{need[language]}</li>
                        ))}
                      </ul>
                    </>
                  )}
                  {ownerName && (
                    <p className="interval">
                      {say("pages.centre.owner")} {ownerName[language]}
                    </p>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </Shell>
  );
}
