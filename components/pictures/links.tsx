import { DataTable } from "../charts/data-table.tsx";
import { Figure } from "../charts/figure.tsx";
import { LinksChart } from "../charts/links/links-chart.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "./source-line.tsx";

/** How things hang together: which dimensions go together when all others are held equal. */
export function Links({ reading }: { reading: Reading }) {
  const { say, view, language, kinds } = reading;
  const { links } = view;
  if (!view.said.links || !links) return null;
  const { described, pairs } = links;
  const print = { language, words: kinds };
  const rough = described.rough.map((id) => view.dimensions.find((one) => one.id === id)?.name[language] ?? id);
  return (
    <Figure
      id="links"
      question={say("pages.links.question")}
      heading={<Sentence finding={view.said.links} reading={reading} />}
      sentence={
        <>
          {say("pages.links.sentence")} {say("pages.links.caution")}
          {rough.length > 0 && ` ${say("pages.links.rough", { list: rough.join(", ") })}`}
          {described.fewRetained && ` ${say("pages.drivers.fewRetained")}`}
        </>
      }
      source={<SourceLine reading={reading} />}
      method="links"
      reading={reading}
      table={
        <DataTable
          caption={say("pages.links.caption")}
          columns={[
            say("pages.links.columns.pair"),
            say("pages.links.columns.correlation"),
            say("pages.links.columns.settled"),
          ]}
          rows={pairs.map(({ left, right, cell, isLine }) => ({
            id: `${left.id} ${right.id}`,
            head: `${left.name[language]} – ${right.name[language]}`,
            cells: [
              <span key="correlation" className="full-cell">
                <Printed cell={cell} {...print} className="number" />
                <span className="interval">
                  <Printed cell={cell} part="interval" {...print} />
                </span>
              </span>,
              cell?.figure.kind === "value" ? say(isLine ? "pages.links.line" : "pages.links.noLine") : "–",
            ],
          }))}
        />
      }
    >
      <LinksChart pairs={pairs} rough={described.rough} reading={reading} />
      <p className="sr-only">{say("pages.links.heard")}</p>
    </Figure>
  );
}
