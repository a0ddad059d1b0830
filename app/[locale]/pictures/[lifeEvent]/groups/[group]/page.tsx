import type { Metadata } from "next";
import type { PictureProps } from "../../../../../i18n/picture-asked.ts";
import { type GroupNamed, portraitMetadata, portraitRoute } from "../../portrait-route.tsx";

type Props = PictureProps & { params: Promise<{ group: string }> };

/** `band-1` … `band-5`, `troubles-0` … `troubles-3+`; a plus may come written as %2B. */
const GROUP = /^(band|troubles)-([0-9](?:\+|%2B)?)$/;

async function named({ params }: Props): Promise<GroupNamed | null> {
  const [, variable, code] = GROUP.exec((await params).group) ?? [];
  return code ? { variable: variable === "band" ? "band" : "troubles", code: code.replace("%2B", "+") } : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return portraitMetadata(props, await named(props));
}

/** The portrait of a level, or of those with as many low dimensions. */
export default async function GroupPage(props: Props) {
  return portraitRoute(props, await named(props));
}
