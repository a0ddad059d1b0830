import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PatternSheet } from "../../../../components/charts/ribbon/pattern.tsx";
import { plainSentence } from "../../../../components/findings/sentence.tsx";
import type { Reading } from "../../../../components/page/reading.ts";
import { Shell, SyntheticBanner } from "../../../../components/page/shell.tsx";
import { groupCalled } from "../../../../components/pictures/group-name.ts";
import { portraitPath, releaseAndWave } from "../../../../components/portrait/portrait-address.ts";
import { PortraitPage } from "../../../../components/portrait/portrait-page.tsx";
import { type PictureProps, readAsked } from "../../../i18n/picture-asked.ts";

/** Which group an address asks for, by the last name of its path. */
export type GroupNamed = { variable: Parameters<Reading["view"]["groupAsked"]>[0]; code: string };

/** The portrait of a group; not found where the picture shows no such group. */
export async function portraitRoute(props: PictureProps, named: GroupNamed | null) {
  const { read, group } = await groupRead(props, named);
  if (!read || !group) notFound();
  const { picture, reading, language, path, query } = read;
  return (
    <Shell
      language={language}
      path={`${path}${portraitPath(group)}`}
      query={releaseAndWave(query)}
      banner={picture.loaded.release.synthetic ? <SyntheticBanner language={language} /> : null}
    >
      <PatternSheet />
      <PortraitPage group={group} reading={reading} current={picture.current} />
    </Shell>
  );
}

export async function portraitMetadata(props: PictureProps, named: GroupNamed | null): Promise<Metadata> {
  const { read, group } = await groupRead(props, named);
  if (!read || !group) return {};
  const { reading, language } = read;
  const event = reading.view.cells.release.lifeEvent.name[language];
  return {
    title: reading.say("portrait.title", { group: groupCalled(group, reading), event }),
    description: plainSentence(reading.view.portrait(group).said.who, reading),
  };
}

async function groupRead(props: PictureProps, named: GroupNamed | null) {
  const read = named && (await readAsked(props));
  if (!read || read.problem !== null) return { read: null, group: null };
  return { read, group: read.reading.view.groupAsked(named.variable, named.code) };
}
