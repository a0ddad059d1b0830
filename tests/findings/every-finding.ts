import type { Finding } from "../../server/findings/finding.ts";
import type { Story } from "../../server/findings/story.ts";

/** A finding with all that it lists. */
export function withLists(finding: Finding): Finding[] {
  return [finding, ...(finding.list ?? []).flatMap(withLists)];
}

/** The findings that a page may print of a story, each as a sentence of its own. */
export function sentencesOf(story: Story): Finding[] {
  const { said, unknown } = story;
  const shown = [story.grouping, ...story.beside].flatMap((grouping) => grouping?.groups ?? []);
  const segments = (story.grouping?.groups ?? []).flatMap((group) => story.segment(group) ?? []);
  return [
    ...said.headline,
    ...said.inShort.map((one) => one.said),
    said.oneSentence,
    said.groups,
    ...said.certificate,
    ...said.certificateInShort,
    said.shares,
    said.dimensions,
    said.levels,
    said.levelsOutcome,
    said.pileUp,
    said.pileUpOutcome,
    said.pileUpLow,
    said.changes,
    ...said.groupChanges,
    said.coverage,
    said.coverageList,
    said.weakest,
    said.drivers,
    said.services,
    said.actors,
    said.reference,
    said.links,
    said.skills,
    said.series,
    ...(story.where()?.measures ?? []).flatMap(({ id }) => story.where(id)?.said ?? []),
    ...story.piledUp.map((one) => one.said),
    ...unknown.unplaced,
    unknown.weak,
    unknown.unanswered,
    unknown.missingMoves,
    unknown.differs,
    ...segments.flatMap((one) => [
      one.stability,
      one.nearest,
      ...one.overlaps,
      ...one.distinguishing,
      ...one.background,
      one.typical,
    ]),
    ...story.comparables.flatMap(({ first }) => comparedSaid(story, first)),
    ...shown.flatMap((group) => Object.values(story.portrait(group).said).flat()),
  ].filter((finding) => finding !== null);
}

function comparedSaid(story: Story, asked: string): Finding[] {
  const answer = story.compare(asked);
  if (!answer) return [];
  const { heading, facts } = story.compared(answer.comparison);
  return [heading, ...facts];
}

export function everyFinding(story: Story): Finding[] {
  return sentencesOf(story).flatMap(withLists);
}
