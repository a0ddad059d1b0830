import type { AccessibilityStatement } from "../../data/contracts/accessibility.ts";
import type { Language } from "../../data/contracts/names.ts";
import { day } from "../figures/format.ts";
import { sayIn } from "../words/translator.ts";

/** Where the supervisor takes complaints, in its own words and languages. */
const SUPERVISOR = "https://www.saavutettavuusvaatimukset.fi";

/** The statement as the law asks for it: how accessible the service is, what is not, where to say so, and who supervises. */
export function Statement({ statement, language }: { statement: AccessibilityStatement; language: Language }) {
  const say = sayIn(language);
  const { organisation, feedback, written, status, looked, gaps } = statement;
  return (
    <div className="method">
      <h1>{say("pages.accessibility.heading")}</h1>
      <p className="lead">{say("pages.accessibility.lead", { organisation: organisation[language] })}</p>
      <p>{say("pages.accessibility.written", { day: day(written, language) })}</p>
      <section aria-labelledby="status">
        <h2 id="status">{say("pages.accessibility.status.heading")}</h2>
        <p>{say(`pages.accessibility.status.${status}`)}</p>
        <ul>
          {looked.map((one) => (
            <li key={one.fi}>{one[language]}</li>
          ))}
        </ul>
      </section>
      {gaps.length > 0 && (
        <section aria-labelledby="gaps">
          <h2 id="gaps">{say("pages.accessibility.gaps")}</h2>
          <ul className="gaps">
            {gaps.map(({ criterion, what, why, until }) => (
              <li key={what.fi}>
                <p>
                  {what[language]} {say("pages.accessibility.criterion", { criterion })}
                </p>
                <p>
                  {why[language]} {until && say("pages.accessibility.until", { day: day(until, language) })}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="feedback">
        <h2 id="feedback">{say("pages.accessibility.feedback.heading")}</h2>
        <p>
          {say("pages.accessibility.feedback.days")}{" "}
          {feedback ? <a href={`mailto:${feedback}`}>{feedback}</a> : say("pages.accessibility.feedback.none")}
        </p>
      </section>
      <section aria-labelledby="supervisor">
        <h2 id="supervisor">{say("pages.accessibility.supervisor.heading")}</h2>
        <p>
          {say("pages.accessibility.supervisor.text")} <a href={SUPERVISOR}>saavutettavuusvaatimukset.fi</a>
        </p>
      </section>
    </div>
  );
}
