import type { Language } from "../../data/contracts/names.ts";
import type { Listed } from "../../server/api/life-event/list.ts";
import type { Grouping } from "../../server/findings/view.ts";
import { ribbonBands } from "../charts/ribbon/geometry.ts";
import { groupLook } from "../charts/ribbon/group-look.ts";
import { GroupSign } from "../charts/ribbon/group-sign.tsx";
import { day, statisticNumber, wholeNumber } from "../figures/format.ts";
import { type KindWords, Printed } from "../figures/printed.tsx";
import { Sentence } from "../findings/sentence.tsx";
import { pathIn, type Reading } from "../page/reading.ts";
import { groupCalled } from "../pictures/group-name.ts";
import { exactRespondents } from "../pictures/picture-header.tsx";
import { waveName } from "../pictures/source-line.tsx";
import type { Say } from "../words/translator.ts";

/** A life event's picture in small: what it says, its ribbon, how many answered, how fresh it is, what moved. */
export function LifeEventCard({
  listed,
  language,
  say,
  kinds,
}: {
  listed: Listed;
  language: Language;
  say: Say;
  kinds: KindWords;
}) {
  if (!listed.picture) return null;
  const { view, pointer } = listed.picture;
  const path = pathIn(language, `/pictures/${listed.id}`);
  const reading: Reading = { view, language, say, kinds, address: { path, query: {} } };
  const respondents = exactRespondents(reading);
  const contributors = [
    ...new Set(view.cells.release.inputs.map(({ owner, contributor }) => owner?.[language] ?? contributor)),
  ];
  return (
    <li className="picture-card">
      <h3>
        <a href={path}>{listed.name[language]}</a>
      </h3>
      <p className="card-says">
        <Sentence finding={view.said.oneSentence} reading={reading} closed />
      </p>
      {view.grouping && <Miniature grouping={view.grouping} reading={reading} id={listed.id} />}
      <p className="card-change">
        <Sentence finding={view.said.changes} reading={reading} closed />
      </p>
      <dl className="card-facts">
        <div>
          <dt>{say("pages.centre.wave")}</dt>
          <dd>{waveName(reading, view.wave)}</dd>
        </div>
        <div>
          <dt>{say("pages.centre.respondents")}</dt>
          <dd>
            {respondents === null ? (
              <Printed cell={view.persons()} language={language} words={kinds} />
            ) : (
              wholeNumber(respondents, language)
            )}
          </dd>
        </div>
        <div>
          <dt>{say("pages.centre.published")}</dt>
          <dd>{day(pointer.publishedAt, language)}</dd>
        </div>
        <div>
          <dt>{say("pages.centre.contributors")}</dt>
          <dd>{contributors.join(", ")}</dd>
        </div>
      </dl>
    </li>
  );
}

/** From these shares of the width on, a sign and a number fit in a band on a phone. */
const ROOM_FOR_SIGN = 8;
const ROOM_FOR_SHARE = 14;
const HEIGHT = 72;

function Miniature({ grouping, reading, id }: { grouping: Grouping; reading: Reading; id: string }) {
  const shares = grouping.groups.map((group) => ({ group, cell: reading.view.share(group) }));
  const bands = ribbonBands(
    shares.map(({ group, cell }) => ({ code: group.code, figure: cell?.figure ?? null })),
    false,
  );
  return (
    <>
      <svg className="miniature" width="100%" height={HEIGHT} role="img" aria-labelledby={`mini-${id}`}>
        <title id={`mini-${id}`}>{reading.say(`pages.ribbon.title.${grouping.variable}`)}</title>
        {bands.map(({ code, start, width }) => {
          const share = shares.find(({ group }) => group.code === code);
          if (share?.cell?.figure.kind !== "value") return null;
          const { className, pattern } = groupLook(share.group);
          return (
            <svg
              key={code}
              x={`${start}%`}
              width={`${width}%`}
              height={HEIGHT}
              className={className}
              aria-hidden="true"
            >
              <rect className="fill" x="1.5" y="1.5" width="100%" height={HEIGHT - 3} />
              <rect className="gap" width="100%" height={HEIGHT} fill={pattern} />
              {width >= ROOM_FOR_SIGN && (
                <g transform="translate(20 22) scale(0.78)">
                  <GroupSign group={share.group} />
                </g>
              )}
              {width >= ROOM_FOR_SHARE && (
                <text className="mini-share" x="8" y="59" data-cell={share.cell.key} data-part="value">
                  {statisticNumber(share.cell.figure.value, share.cell.statistic, reading.language)}
                </text>
              )}
            </svg>
          );
        })}
      </svg>
      <Ends grouping={grouping} reading={reading} />
    </>
  );
}

/** What an order runs from and to; segments have no ends. */
function Ends({ grouping: { variable, groups }, reading }: { grouping: Grouping; reading: Reading }) {
  const [first, last] = [groups[0], groups.at(-1)];
  if (variable === "segment" || !first || !last) return null;
  return (
    <p className="miniature-ends">
      <span>{groupCalled(first, reading)}</span>
      <span>{groupCalled(last, reading)}</span>
    </p>
  );
}
