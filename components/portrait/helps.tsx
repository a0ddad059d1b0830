import type { Portrait, ServiceOfGroup } from "../../server/findings/portrait.ts";
import type { KeyedCell } from "../../server/findings/view.ts";
import { DataTable } from "../charts/data-table.tsx";
import { Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import type { Reading } from "../page/reading.ts";
import { Part } from "./part.tsx";

const VERDICTS = ["works", "fails", "unsettled", "silent"] as const;

/** Which services reach them, meet their need, and how it was, beside everyone: what works first, then what fails. */
export function Helps({ portrait, reading }: { portrait: Portrait; reading: Reading }) {
  const { say, language } = reading;
  const { services, said } = portrait;
  if (said.services.length === 0) return null;
  return (
    <Part
      id="services"
      question={say("portrait.services.question")}
      heading={said.services.map((finding, place) => (
        <span key={finding.id}>
          {place > 0 && " "}
          <Sentence finding={finding} reading={reading} closed={said.services.length > 1} />
        </span>
      ))}
      sentence={say("portrait.services.sentence")}
      method="services"
      group={portrait.group}
      reading={reading}
    >
      <DataTable
        caption={<span className="sr-only">{say("portrait.services.caption")}</span>}
        columns={[
          say("portrait.services.service"),
          say("portrait.services.verdict"),
          say("portrait.services.reach"),
          say("portrait.services.needMet"),
          say("portrait.services.experience"),
        ]}
        rows={VERDICTS.flatMap((verdict) =>
          services[verdict].map(({ service, own, everyone }: ServiceOfGroup) => ({
            id: service.id,
            head: service.name[language],
            cells: [
              <span key="verdict" className={`verdict verdict-${verdict}`}>
                {say(`portrait.services.${verdict}`)}
              </span>,
              <Beside key="used" own={own.used} everyone={everyone.used} reading={reading} />,
              <Beside key="met" own={own.needMet} everyone={everyone.needMet} reading={reading} />,
              <Beside key="experience" own={own.experience} everyone={everyone.experience} reading={reading} />,
            ],
          })),
        )}
      />
    </Part>
  );
}

/** The group's figure with its interval, and everyone's in grey. */
function Beside({ own, everyone, reading }: { own: KeyedCell | null; everyone: KeyedCell | null; reading: Reading }) {
  const { say, language, kinds } = reading;
  const print = { language, words: kinds };
  return (
    <span className="beside">
      <Printed cell={own} {...print} className="number" />{" "}
      {own?.figure.kind === "value" && own.figure.low !== null && (
        <span className="interval">
          (<Printed cell={own} part="interval" {...print} />)
        </span>
      )}{" "}
      <span className="beside-everyone">
        <span className="beside-word">{say("portrait.everyone")}</span> <Printed cell={everyone} {...print} />
      </span>
    </span>
  );
}
