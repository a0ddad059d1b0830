import { dataTable } from "./data-table.tsx";
import { dotRows } from "./dot-rows.tsx";
import { fingerprintChart } from "./fingerprint.tsx";
import { linksChart } from "./links.tsx";
import { ribbonOfBands, ribbonOfSegments, ribbonOfTroubles, shareLine } from "./ribbon.tsx";
import type { Chart, Scene } from "./scene.ts";
import { seriesChart } from "./series.tsx";
import { tileMap } from "./tiles.tsx";

/** Every chart of the house, by the folder or file of components/charts that draws it. A new one is added here. */
export const CHARTS: Record<string, Chart[]> = {
  "data-table": [dataTable],
  "dot-rows": [dotRows],
  fingerprint: [fingerprintChart],
  links: [linksChart],
  ribbon: [ribbonOfSegments, ribbonOfBands, ribbonOfTroubles, shareLine],
  series: [seriesChart],
  tiles: [tileMap],
};

/** What lies in components/charts and is no chart of its own: the frame of all, and what all say of what they cannot draw. */
export const NO_CHARTS = ["figure", "not-drawn"];

/** Every scene by the name of its golden: `ribbon-segments/protected`. */
export const SCENES: { name: string; chart: Chart; scene: Scene }[] = Object.values(CHARTS)
  .flat()
  .flatMap((chart) =>
    Object.entries(chart.scenes).flatMap(([state, scene]) =>
      typeof scene === "string" ? [] : [{ name: `${chart.name}/${state}`, chart, scene }],
    ),
  );
