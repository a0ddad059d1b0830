import { Group as Shift } from "@visx/group";
import { Bar } from "@visx/shape";
import type { Figure } from "../../../data/contracts/cell.ts";
import type { Group, Grouping, KeyedCell } from "../../../server/findings/view.ts";
import { intervalNumbers, statisticNumber } from "../../figures/format.ts";
import type { Reading } from "../../page/reading.ts";
import { groupCalled, groupInShort } from "../../pictures/group-name.ts";
import { NotDrawn } from "../not-drawn.tsx";
import { type Band, hasRoomFor, ribbonBands, SHARE_SCALE } from "./geometry.ts";
import { groupLook } from "./group-look.ts";
import { GroupSign } from "./group-sign.tsx";

const BAND_HEIGHT = 116;
const WHISKER_LANE = 26;

/**
 * The groups as one ribbon: widths are shares, whiskers under it their limits; what has no band is said under it. Drawn
 * on wide screens and on paper.
 */
export function Ribbon({
  grouping,
  reading,
  focus = null,
  title,
  description,
}: {
  grouping: Grouping;
  reading: Reading;
  /** The code of the group in focus. */
  focus?: string | null;
  title: string;
  description: string;
}) {
  const shares = grouping.groups.map((group) => ({ group, cell: reading.view.share(group) }));
  const bands = ribbonBands(shares.map(({ group, cell }) => ({ code: group.code, figure: cell?.figure ?? null })));
  const id = `ribbon-${grouping.variable}`;
  return (
    <>
      {bands.length > 0 && (
        <svg
          className="ribbon-bands"
          width="100%"
          height={BAND_HEIGHT + WHISKER_LANE}
          role="img"
          aria-labelledby={`${id}-title ${id}-description`}
        >
          <title id={`${id}-title`}>{title}</title>
          <desc id={`${id}-description`}>{description}</desc>
          {bands.map((band) => {
            const share = shares.find(({ group }) => group.code === band.code);
            return share ? (
              <RibbonBand
                key={band.code}
                band={band}
                share={share}
                reading={reading}
                leads={reading.view.grouping?.variable === grouping.variable}
                focused={focus === band.code}
              />
            ) : null;
          })}
        </svg>
      )}
      <div className="ribbon-not-drawn">
        <NotDrawn
          things={shares.map(({ group, cell }) => ({ name: groupCalled(group, reading), cell }))}
          isBlank={bands.length === 0}
          reading={reading}
        />
      </div>
    </>
  );
}

type Share = { group: Group; cell: KeyedCell | null };

/** A band; of the grouping that leads it can be clicked to focus its group. */
function RibbonBand({
  band,
  share: { cell, group },
  reading,
  leads,
  focused,
}: {
  band: Band;
  share: Share;
  reading: Reading;
  leads: boolean;
  focused: boolean;
}) {
  if (cell?.figure.kind !== "value") return null;
  const { figure, statistic, key } = cell;
  const { className, pattern } = groupLook(group);
  const label = labelOf(group, band.width, reading);
  const written = statisticNumber(figure.value, statistic, reading.language);
  return (
    <g
      className={`band ${className} ${leads ? "band-leads" : ""}`}
      data-mark={key}
      data-segment={leads ? group.code : undefined}
      data-on={focused ? "" : undefined}
    >
      <svg x={`${band.start}%`} width={`${band.width}%`} height={BAND_HEIGHT} aria-hidden="true">
        <Bar className="fill" x={1.5} y={1.5} width="100%" height={BAND_HEIGHT - 3} />
        <Bar className="gap" width="100%" height={BAND_HEIGHT} fill={pattern} />
        {label ? (
          <text className="band-word" x={14} y={32}>
            {label}
          </text>
        ) : (
          <BandSign group={group} width={band.width} />
        )}
        {hasRoomFor("narrow-share", written, band.width) && (
          <text
            className={hasRoomFor("share", written, band.width) ? "band-share" : "band-share band-share-narrow"}
            x={14}
            y={BAND_HEIGHT - 36}
          >
            <tspan data-cell={key} data-part="value">
              {written}
            </tspan>
          </text>
        )}
        {figure.low !== null && figure.high !== null && hasRoomForLimits(band.width) && (
          <text className="band-interval" x={14} y={BAND_HEIGHT - 14}>
            <tspan data-cell={key} data-part="interval">
              {intervalNumbers(figure.low, figure.high, statistic, reading.language)}
            </tspan>
          </text>
        )}
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

/** The sign of a group at the head of its band; in a narrow one smaller and in the middle, in the narrowest none. */
function BandSign({ group, width }: { group: Group; width: number }) {
  if (width >= WIDTHS.sign)
    return (
      <Shift left={28} top={26}>
        <GroupSign group={group} />
      </Shift>
    );
  if (width < WIDTHS.smallSign) return null;
  return (
    <svg x="50%" className="overflow-visible" aria-hidden="true">
      <g transform="translate(0 26) scale(0.7)">
        <GroupSign group={group} />
      </g>
    </svg>
  );
}

/** The least widths, in percent, that hold a sign on the narrowest ribbon. */
const WIDTHS = { sign: 6, smallSign: 3.2 };

/** Words in the band of a level or a pile-up where they fit, else the number of troubles; null where a sign says it. */
function labelOf(group: Group, width: number, reading: Reading): string | null {
  if (group.variable === "segment") return null;
  const word = groupInShort(group, reading);
  if (hasRoomFor("word", word, width)) return word;
  return group.variable === "troubles" ? group.code : null;
}

/** Whether a band is wide enough for the interval of its share; else its card says it. */
export function hasRoomForLimits(width: number): boolean {
  return hasRoomFor("limits", "10–13 %", width);
}

/** A share on its own line from 0 to 100 %, with its limits. */
export function ShareLine({
  figure,
  group,
  height = 26,
}: {
  figure: Figure | null;
  /** Whose share it is; without one the line is plain. */
  group?: Group;
  height?: number;
}) {
  if (figure?.kind !== "value") return null;
  const { value, low, high } = figure;
  const look = group && groupLook(group);
  const bar = { height: height - 8, y: 4, rx: 2 };
  const middle = height / 2;
  return (
    <svg
      className={`share-line ${look?.className ?? "share-plain"}`}
      width="100%"
      height={height}
      aria-hidden="true"
      focusable="false"
    >
      <rect className="share-ground" width="100%" {...bar} />
      <rect className="fill" width={`${SHARE_SCALE(value)}%`} {...bar} />
      {look && <rect width={`${SHARE_SCALE(value)}%`} {...bar} fill={look.pattern} />}
      {low !== null && high !== null && (
        <g className="share-limits">
          <line x1={`${SHARE_SCALE(low)}%`} x2={`${SHARE_SCALE(high)}%`} y1={middle} y2={middle} />
          {[low, high].map((limit, place) => (
            <line
              key={place === 0 ? "low" : "high"}
              x1={`${SHARE_SCALE(limit)}%`}
              x2={`${SHARE_SCALE(limit)}%`}
              y1={middle - height / 4.5}
              y2={middle + height / 4.5}
            />
          ))}
        </g>
      )}
    </svg>
  );
}
