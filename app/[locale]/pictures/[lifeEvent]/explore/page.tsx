import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ExplorePage } from "../../../../../components/explore/explore-page.tsx";
import { Shell, SyntheticBanner } from "../../../../../components/page/shell.tsx";
import { cellsAround, gridsByMeasure } from "../../../../../server/api/picture/around.ts";
import { type PictureProps, readAsked, textsOf } from "../../../../i18n/picture-asked.ts";

export async function generateMetadata(props: PictureProps): Promise<Metadata> {
  const read = await readAsked(props);
  if (read.problem) return {};
  const { reading, language } = read;
  return { title: `${reading.say("pages.explore.heading")}: ${reading.view.cells.release.lifeEvent.name[language]}` };
}

/** Linked charts over the published cells of a picture. */
export default async function Page(props: PictureProps) {
  const read = await readAsked(props);
  if (read.problem) notFound();
  const { picture, reading, language, path } = read;
  const { loaded } = picture;
  const variables = loaded.release.variables.map(({ id }) => id);
  const query = textsOf(await props.searchParams, ["release", "wave", "measure", "dimension", "before", ...variables]);
  return (
    <Shell
      language={language}
      path={`${path}/explore`}
      query={query}
      banner={loaded.release.synthetic ? <SyntheticBanner language={language} /> : null}
    >
      <ExplorePage
        reading={reading}
        query={query}
        grids={gridsByMeasure(loaded)}
        cellsAround={(asked) => cellsAround(loaded, asked)}
      />
    </Shell>
  );
}
