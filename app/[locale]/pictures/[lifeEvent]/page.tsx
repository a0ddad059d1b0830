import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PatternSheet } from "../../../../components/charts/ribbon/pattern.tsx";
import { plainSentence } from "../../../../components/findings/sentence.tsx";
import { Shell, SyntheticBanner } from "../../../../components/page/shell.tsx";
import { PictureBody } from "../../../../components/pictures/picture-body.tsx";
import { cellsAsked } from "../../../../server/api/picture/cells.ts";
import { type PictureProps, readAsked } from "../../../i18n/picture-asked.ts";
import { Still } from "../../../still/still.tsx";

export async function generateMetadata(props: PictureProps): Promise<Metadata> {
  const read = await readAsked(props);
  if (read.problem) return {};
  const { reading, language } = read;
  return {
    title: reading.view.cells.release.lifeEvent.name[language],
    description: plainSentence(reading.view.said.oneSentence, reading),
  };
}

/** The picture of a life event. */
export default async function PicturePage(props: PictureProps) {
  const read = await readAsked(props);
  if (read.problem) notFound();
  const { picture, reading, language, path, query } = read;
  const { wave } = reading.view;
  const closer = (measure: string, variables: string[]) =>
    cellsAsked(picture.loaded, { measures: [measure], wave, variables });
  return (
    <Shell
      language={language}
      path={path}
      query={query}
      banner={picture.loaded.release.synthetic ? <SyntheticBanner language={language} /> : null}
    >
      <PatternSheet />
      <PictureBody
        reading={reading}
        pointer={picture.pointer}
        current={picture.current}
        closerCells={closer}
        Still={Still}
      />
    </Shell>
  );
}
