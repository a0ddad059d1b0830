import type { Metadata } from "next";
import type { PictureProps } from "../../../../../i18n/picture-asked.ts";
import { type GroupNamed, portraitMetadata, portraitRoute } from "../../portrait-route.tsx";

type Props = PictureProps & { params: Promise<{ segment: string }> };

const SEGMENT = /^[A-Za-z0-9_-]+$/;

async function named({ params }: Props): Promise<GroupNamed | null> {
  const { segment } = await params;
  return SEGMENT.test(segment) ? { variable: "segment", code: segment } : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return portraitMetadata(props, await named(props));
}

/** The portrait of a segment. */
export default async function SegmentPage(props: Props) {
  return portraitRoute(props, await named(props));
}
