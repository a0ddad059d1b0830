import { resolve } from "node:path";

/** The only reader of process.env: what the surroundings say, named and defaulted once. */
export const env = {
  /** Where the batch command keeps its home when `--home` is not given. */
  home: () => resolve(/*turbopackIgnore: true*/ process.env.TILANNEKUVA_HOME ?? ".tilannekuva"),
  /** The web process is given this path alone: published files, never the vault. */
  published: () => resolve(/*turbopackIgnore: true*/ process.env.TILANNEKUVA_PUBLISHED ?? ".tilannekuva/published"),
  /** The language of the surroundings, for what the command says. */
  locale: () => process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "",
  development: () => process.env.NODE_ENV !== "production",
};
