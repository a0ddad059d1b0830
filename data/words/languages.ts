import type { Language } from "../contracts/names.ts";

/** The languages that the pages speak, the source first. */
export const LANGUAGES = ["fi", "sv", "en"] as const satisfies readonly Language[];
