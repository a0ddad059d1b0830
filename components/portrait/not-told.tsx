import type { Portrait } from "../../server/findings/portrait.ts";
import type { DimensionView } from "../../server/findings/view.ts";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { methodAddress } from "./part.tsx";

/** What the page cannot tell. */
export function NotTold({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, view, language } = reading;
  const { unknown } = view;
  const unplaced = view.said.certificate.find(({ id }) => id === "certificate-unclassifiable");
  const named = (dimensions: DimensionView[]) => dimensions.map(({ name }) => name[language]).join(", ");
  const neverAsked = unknown.neverAsked.map((id) => say(`dimensions.${id}.name`)).join(", ");
  return (
    <section className="portrait-part" id="unknown" aria-labelledby="unknown-heading">
      <h2 id="unknown-heading">{say("portrait.unknown.heading")}</h2>
      <ul className="portrait-says">
        <li>{say("portrait.unknown.person")}</li>
        <li>{say("portrait.unknown.cause")}</li>
        <li>
          {say("portrait.unknown.chance")} {say("portrait.unknown.protected")}
        </li>
        {portrait.group.variable === "segment" && <li>{say("pages.ribbon.kind.segment")}</li>}
        {unknown.notAsked.length > 0 && <li>{say("pages.unknown.notAsked", { names: named(unknown.notAsked) })}</li>}
        {neverAsked && <li>{say("pages.unknown.neverAsked", { names: neverAsked })}</li>}
        {unknown.proxies.length > 0 && <li>{say("pages.unknown.proxies", { names: named(unknown.proxies) })}</li>}
        {unplaced && (
          <li>
            <Sentence finding={unplaced} reading={reading} closed />
          </li>
        )}
      </ul>
      <div className="portrait-more">
        <p className="figure-links">
          <a href={methodAddress(reading, "wrong")}>{say("pages.figure.wrong")}</a>
        </p>
      </div>
    </section>
  );
}
