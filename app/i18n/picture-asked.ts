import { kindWordsOf, pathIn, type Reading } from "../../components/page/reading.ts";
import { sayIn } from "../../components/words/translator.ts";
import type { Language } from "../../data/contracts/names.ts";
import { type Picture, type PictureProblem, readPicture } from "../../server/api/picture/read-picture.ts";
import { languageOf } from "./language-of.ts";

export type PictureProps = {
  params: Promise<{ locale: string; lifeEvent: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const ASKED = ["release", "wave", "segment", "dimension", "by", "groups", "where", "place", "compare", "mode"] as const;

export type PictureRead =
  | { problem: PictureProblem["code"]; language: Language; path: string }
  | {
      problem: null;
      language: Language;
      path: string;
      query: Record<string, string>;
      picture: Picture;
      reading: Reading;
    };

/** What the address asks for, and the picture that answers it. One reading of the pointer a request. */
export async function readAsked({ params, searchParams }: PictureProps): Promise<PictureRead> {
  const [language, { lifeEvent }, asked] = await Promise.all([languageOf(params), params, searchParams]);
  const query = textsOf(asked, ASKED);
  // A form without script sends the sides of a comparison as fields of their own.
  const { first, second } = asked;
  if (query.compare && typeof first === "string" && typeof second === "string")
    query.compare = `${query.compare}:${first}:${second}`;
  const path = `/pictures/${lifeEvent}`;
  const picture = await readPicture({ lifeEvent, release: query.release, wave: query.wave });
  if ("code" in picture) return { problem: picture.code, language, path };
  const say = sayIn(language);
  const address = { path: pathIn(language, path), query };
  return {
    problem: null,
    language,
    path,
    query,
    picture,
    reading: { view: picture.view, language, say, kinds: kindWordsOf(say), address },
  };
}

/** What an address asks by these names: one text each; what is empty or said twice is not asked. */
export function textsOf(
  asked: Record<string, string | string[] | undefined>,
  names: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = asked[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
}
