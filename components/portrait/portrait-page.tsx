import type { Group } from "../../server/findings/view.ts";
import type { Reading } from "../page/reading.ts";
import { SourceLine } from "../pictures/source-line.tsx";
import { Background } from "./background.tsx";
import { Borders } from "./borders.tsx";
import { Helps } from "./helps.tsx";
import { LiftsAndWeighs } from "./lifts-and-weighs.tsx";
import { NotTold } from "./not-told.tsx";
import { methodAddress } from "./part.tsx";
import { PortraitHeader } from "./portrait-header.tsx";
import { Questions } from "./questions.tsx";
import { Standing } from "./standing.tsx";

/** A group on one page: who, how many, how they are, what they answered, what helps, what fails, where its border runs. */
export function PortraitPage({
  group,
  reading,
  current,
}: {
  group: Group;
  reading: Reading;
  /** The release shown now, when the address names another. */
  current: string | null;
}) {
  const { say, view } = reading;
  const portrait = view.portrait(group);
  const both = { portrait, reading };
  return (
    <article className="portrait">
      <PortraitHeader {...both} current={current} />
      <div className="portrait-pair">
        <Standing {...both} />
        <Questions {...both} />
      </div>
      <div className="portrait-rest">
        <Background {...both} />
        <LiftsAndWeighs {...both} />
        <Helps {...both} />
        <Borders {...both} />
        <NotTold {...both} />
      </div>
      <footer className="portrait-foot">
        <p>
          <SourceLine reading={reading} />. {say("portrait.release")} {view.cells.release.id}.{" "}
          <a href={methodAddress(reading, "")}>{say("pages.header.method")}</a>
        </p>
        <p className="portrait-print">{say("portrait.print")}</p>
      </footer>
    </article>
  );
}
