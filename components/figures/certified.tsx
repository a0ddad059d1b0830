import type { Language } from "../../data/contracts/names.ts";
import type { Story } from "../../server/findings/story.ts";
import { releaseNumber } from "./release-number.ts";

/** A number of the release that is no cell, carrying its path in the document instead of a key. */
export function Certified({
  path,
  reading,
  className,
}: {
  path: string;
  reading: { view: Pick<Story, "numberAt">; language: Language };
  className?: string;
}) {
  const value = reading.view.numberAt(path);
  if (value === null) return null;
  return (
    <data className={className} data-certificate={path} value={String(value)}>
      {releaseNumber(path, value, reading.language)}
    </data>
  );
}
