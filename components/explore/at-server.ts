import { api } from "../page/ask-api.ts";
import type { Engine } from "./engine.ts";

/** The same cells from the pages' server: until the browser's own engine has started, and where it cannot. */
export function atServer(release: string): Engine {
  return {
    around: async ({ measure, statistic, wave, at }) =>
      (await api.picture.around.query({ release, measure, statistic, wave, at })).cells,
  };
}
