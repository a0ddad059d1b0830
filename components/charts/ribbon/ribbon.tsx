import { Group as Shift } from "@visx/group";
import { Bar } from "@visx/shape";
import type { Group, Grouping, KeyedCell } from "../../../server/findings/view.ts";
import { intervalNumbers, statisticNumber } from "../../figures/format.ts";
import { Printed } from "../../figures/printed.tsx";
import { asking, type Reading } from "../../page/reading.ts";
import { GroupBadge, groupClass } from "../../pictures/group-badge.tsx";
import { GroupStory, groupName } from "../../pictures/group-story.tsx";
import { type Band, ribbonBands, SHARE_SCALE } from "./geometry.ts";
import { patternOf } from "./pattern.tsx";

const BAND_HEIGHT = 104;
const WHISKER_LANE = 26;
/** From these shares of the width on, a band has room for its number in large and for its interval beside it. */
const ROOM_FOR_LARGE = 8;
const ROOM_FOR_INTERVAL = 14;

/**
 * The groups as one ribbon: widths are shares, whiskers their limits. Under it each group in words; each is a link
 * that focuses the group everywhere. On a phone the groups stand as rows, each with its share on a line of its own.
 */
export function Ribbon({ grouping, reading, focus }: { grouping: Grouping; reading: Reading; focus: string | null }) {
  const { say } = reading;
  const shares = grouping.groups.map((group) => ({ group, cell: reading.view.share(group) }));
  const bands = ribbonBands(shares.map(({ group, cell }) => ({ code: group.code, figure: cell?.figure ?? null })));
  return (
    <div className="ribbon">
      <svg
        className="ribbon-bands"
        width="100%"
        height={BAND_HEIGHT + WHISKER_LANE}
        role="img"
        aria-labelledby="ribbon-title ribbon-description"
      >
        <title id="ribbon-title">{say("pages.ribbon.title")}</title>
        <desc id="ribbon-description">{say("pages.ribbon.sentence")}</desc>
        {bands.map((band) => {
          const share = shares.find(({ group }) => group.code === band.code);
          return share ? (
            <RibbonBand key={band.code} band={band} share={share} reading={reading} focused={focus === band.code} />
          ) : null;
        })}
      </svg>
      <ul className={`group-cards group-cards-${Math.min(grouping.groups.length, 6)}`}>
        {shares.map(({ group, cell }) => (
          <li key={group.code}>
            <a
              className="group-card"
              href={asking(reading.address, { segment: focus === group.code ? null : group.code }, "groups")}
              data-segment={group.code}
              data-on={focus === group.code ? "" : undefined}
              aria-current={focus === group.code ? "true" : undefined}
            >
              <span className="group-card-head">
                <GroupBadge code={group.code} place={group.place} />
                <span className="group-card-name">
                  {groupName(grouping, group, reading)
                    .split(" · ")
                    .map((part) => (
                      <span key={part}>{part}</span>
                    ))}
                </span>
              </span>
              <span className="group-card-share">
                <Printed cell={cell} language={reading.language} words={reading.kinds} className="number-large" />{" "}
                <span className="interval">
                  <Printed cell={cell} part="interval" language={reading.language} words={reading.kinds} />
                </span>
              </span>
              <ShareLine group={group} figure={cell?.figure ?? null} />
            </a>
            <GroupStory group={group} reading={reading} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type Share = { group: Group; cell: KeyedCell | null };

function RibbonBand({
  band,
  share,
  reading,
  focused,
}: {
  band: Band;
  share: Share;
  reading: Reading;
  focused: boolean;
}) {
  const { cell, group } = share;
  if (cell?.figure.kind !== "value") return null;
  const { figure, statistic, key } = cell;
  return (
    <g className={`band ${groupClass(group.place)}`} data-segment={group.code} data-on={focused ? "" : undefined}>
      <svg x={`${band.start}%`} width={`${band.width}%`} height={BAND_HEIGHT} aria-hidden="true">
        <Bar className="fill" x={1.5} y={1.5} width="100%" height={BAND_HEIGHT - 3} />
        <Bar className="gap" width="100%" height={BAND_HEIGHT} fill={patternOf(group.place)} />
        <Shift left={14} top={14}>
          <circle className="letter-ground" cx={14} cy={14} r={14} />
          <text className={group.code.length > 1 ? "letter letter-long" : "letter"} x={14} y={20.5} textAnchor="middle">
            {group.code}
          </text>
        </Shift>
        <text
          className={band.width < ROOM_FOR_LARGE ? "band-share band-share-narrow" : "band-share"}
          x={14}
          y={BAND_HEIGHT - 16}
        >
          <tspan data-cell={key} data-part="value">
            {statisticNumber(figure.value, statistic, reading.language)}
          </tspan>
          {band.width >= ROOM_FOR_INTERVAL && figure.low !== null && figure.high !== null && (
            <tspan className="band-interval" dx={8} data-cell={key} data-part="interval">
              {intervalNumbers(figure.low, figure.high, statistic, reading.language)}
            </tspan>
          )}
        </text>
      </svg>
      {band.whisker && (
        <Shift top={BAND_HEIGHT + 12} className="band-whisker">
          <line x1={`${band.whisker.low}%`} x2={`${band.whisker.high}%`} y1={0} y2={0} />
          <line x1={`${band.whisker.low}%`} x2={`${band.whisker.low}%`} y1={-6} y2={6} />
          <line x1={`${band.whisker.high}%`} x2={`${band.whisker.high}%`} y1={-6} y2={6} />
        </Shift>
      )}
    </g>
  );
}

/** A group's share on its own line from 0 to 100 %, for narrow screens. */
function ShareLine({ group, figure }: { group: Group; figure: NonNullable<Share["cell"]>["figure"] | null }) {
  if (figure?.kind !== "value") return null;
  const { value, low, high } = figure;
  return (
    <svg
      className={`share-line ${groupClass(group.place)}`}
      width="100%"
      height="26"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="share-ground" width="100%" height="18" y="4" rx="2" />
      <rect className="fill" width={`${SHARE_SCALE(value)}%`} height="18" y="4" rx="2" />
      <rect width={`${SHARE_SCALE(value)}%`} height="18" y="4" rx="2" fill={patternOf(group.place)} />
      {low !== null && high !== null && (
        <g className="share-limits">
          <line x1={`${SHARE_SCALE(low)}%`} x2={`${SHARE_SCALE(high)}%`} y1={13} y2={13} />
          <line x1={`${SHARE_SCALE(low)}%`} x2={`${SHARE_SCALE(low)}%`} y1={7} y2={19} />
          <line x1={`${SHARE_SCALE(high)}%`} x2={`${SHARE_SCALE(high)}%`} y1={7} y2={19} />
        </g>
      )}
    </svg>
  );
}
