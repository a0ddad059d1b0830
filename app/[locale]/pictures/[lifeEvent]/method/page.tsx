import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MethodCard } from "../../../../../components/method/method-card.tsx";
import { Shell, SyntheticBanner } from "../../../../../components/page/shell.tsx";
import { type PictureProps, readAsked } from "../../../../i18n/picture-asked.ts";

export async function generateMetadata(props: PictureProps): Promise<Metadata> {
  const read = await readAsked(props);
  if (read.problem) return {};
  const { reading, language } = read;
  return { title: `${reading.say("method.heading")}: ${reading.view.cells.release.lifeEvent.name[language]}` };
}

/** How the picture was made, and what to do when it is wrong. */
export default async function MethodPage(props: PictureProps) {
  const read = await readAsked(props);
  if (read.problem) notFound();
  const { picture, reading, language, path, query } = read;
  return (
    <Shell
      language={language}
      path={`${path}/method`}
      query={query}
      banner={picture.loaded.release.synthetic ? <SyntheticBanner language={language} /> : null}
    >
      <MethodCard reading={reading} pointer={picture.pointer} />
    </Shell>
  );
}
