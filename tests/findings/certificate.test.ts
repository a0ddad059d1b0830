import { describe, expect, test } from "vitest";
import { releaseNumber } from "../../components/figures/release-number.ts";
import type { Reliability, SegmentCertificate } from "../../data/contracts/release.ts";
import { VERDICTS } from "../../data/contracts/release.ts";
import { segmentSaid } from "../../server/findings/segment-certificate.ts";
import type { Story } from "../../server/findings/story.ts";
import { everyFinding } from "./every-finding.ts";
import { comparison, named, percent, tried, value } from "./made-up.ts";
import { storyShaped } from "./shapes.ts";

const segment = (code: string, rest: Partial<SegmentCertificate> = {}): SegmentCertificate => ({
  code,
  stability: 0.93,
  reading: "very-stable",
  profile: [],
  distinguishing: [{ measure: "item.money", d: -1.24 }],
  background: [{ variable: "area", code: "t", ratio: 1.4, low: 1.2, high: 1.7 }],
  typical: [{ variable: "area", code: "t" }],
  overlap: [],
  ...rest,
});

const structure = (pValue: number) => ({ statistic: 4.01, pValue, references: 99 });

const said = (story: Story, id: string) => story.said.certificate.find((finding) => finding.id === id);

describe("the certificate in words", () => {
  test.each([
    ["segments", 0.01, "certificate-structure-found"],
    ["segments", 0.05, "certificate-structure-found"],
    ["profiles-on-a-continuum", 0.06, "certificate-structure-absent"],
    // Structure without segments: the weights decide, or one axis, or no stable border. It is never said to be groups.
    ["profiles-on-a-continuum", 0.01, "certificate-structure-weak"],
    ["level-only", 0.01, "certificate-structure-weak"],
    ["none", 0.03, "certificate-structure-weak"],
  ] as const)("%s with p = %d: %s", (verdict, pValue, id) => {
    const story = storyShaped({ verdict, certificate: { structure: structure(pValue) } });
    expect(said(story, id)?.numbers).toEqual({
      p: "segmentation.certificate.structure.pValue",
      references: "segmentation.certificate.structure.references",
    });
  });

  test("a test that was not run says so; where no groups were looked for it says nothing", () => {
    expect(said(storyShaped({ verdict: "untested" }), "certificate-structure-untested")).toBeTruthy();
    const few = storyShaped({ verdict: "none", certificate: { notes: ["few-dimensions"], tried: [] } });
    expect(few.said.certificate.map(({ id }) => id).filter((id) => id.startsWith("certificate-structure"))).toEqual([]);
  });

  test("the least stable segment is the one that is named", () => {
    const segments = [segment("A"), segment("B", { stability: 0.76, reading: "stable" })];
    const story = storyShaped({ verdict: "segments", certificate: { segments } });
    expect(said(story, "certificate-stability")).toMatchObject({
      values: { code: "B", reading: "stable" },
      numbers: { stability: "segmentation.certificate.segments.1.stability" },
    });
  });

  test("when no number of groups would do it says that, and names none as chosen", () => {
    const refused = { admissible: false, refused: ["unstable" as const] };
    const story = storyShaped({ verdict: "none", certificate: { tried: [tried(2, refused), tried(3, refused)] } });
    expect(said(story, "certificate-tried-none")).toBeTruthy();
    expect(said(story, "certificate-tried")).toBeUndefined();
  });

  test("what warns stands beside the headline, what does not stays on the method card", () => {
    const calm = storyShaped({ verdict: "segments", certificate: { weights: { agreement: 0.95 } } });
    expect(calm.said.certificateInShort.map(({ id }) => id)).not.toContain("certificate-weights");
    expect(said(calm, "certificate-weights")?.values).toEqual({ depends: "no" });
    const warned = storyShaped({
      verdict: "profiles-on-a-continuum",
      certificate: {
        notes: ["depends-on-weights"],
        weights: { agreement: 0.7 },
        waves: [{ wave: "2025", atypicalHigh: true, refit: { agreement: 0.5, reading: "consider-new-version" } }],
      },
      more: [percent("atypical", { wave: "2025" }, value(5, { low: 4, high: 7 }))],
    });
    expect(warned.said.certificateInShort.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["certificate-weights", "certificate-atypical", "certificate-refit"]),
    );
  });
});

describe("a segment's certificate", () => {
  const overlap: SegmentCertificate["overlap"] = [
    { with: "B", figure: value(12, { low: 10, high: 14 }) },
    { with: "C", figure: { kind: "few" } },
  ];
  const background = [
    { variable: "area", code: "t", ratio: 1.04, low: 1.01, high: 1.08 },
    { variable: "area", code: "t", ratio: 0.6, low: 0.5, high: 0.7 },
  ];
  const story = storyShaped({
    verdict: "segments",
    certificate: { segments: [segment("A", { overlap, background })] },
  });
  const [first] = story.grouping?.groups ?? [];

  test("an overlap that is no number is not said, and the largest of the others stands on the card", () => {
    const found = first && segmentSaid(story, first);
    expect(found?.nearest).toMatchObject({ values: { code: "A", other: "B" } });
    expect(found?.overlaps.map(({ values }) => values.other)).toEqual(["B"]);
  });

  test("a ratio whose interval would be printed as reaching one says nothing, and is left out", () => {
    const found = first && segmentSaid(story, first);
    expect(found?.background.map(({ numbers }) => numbers?.ratio)).toEqual([
      "segmentation.certificate.segments.0.background.1.ratio",
    ]);
  });

  test("levels and pile-ups have no certificate of a segment", () => {
    for (const grouping of story.groupings.filter(({ variable }) => variable !== "segment"))
      for (const group of grouping.groups) expect(story.segment(group)).toBeNull();
  });
});

describe("what is not measured well", () => {
  const reliability = (dimension: Reliability["dimension"], rest: Partial<Reliability>): Reliability => ({
    wave: "2025",
    dimension,
    formative: false,
    reading: "separate",
    n: 500,
    alpha: 0.4,
    low: 0.35,
    high: 0.45,
    standardised: 0.41,
    omega: null,
    spearmanBrown: null,
    dropped: [],
    opposed: false,
    items: [],
    ...rest,
  });
  const rest = {
    reliability: [
      reliability("material", { formative: true }),
      reliability("health", { reading: "good", alpha: 0.85 }),
      reliability("social", { reading: "weak", alpha: 0.6, spearmanBrown: 0.62 }),
      reliability("voice", {}),
      reliability("education", { wave: "2024" }),
    ],
    comparability: [
      { wave: "2025", measure: "item.a", shift: 0.3, differs: true },
      { wave: "2025", measure: "item.b", shift: 0.1, differs: false },
    ],
  };

  test("weak and separate dimensions of this wave are named; formative ones are not expected to hang together", () => {
    const { weak } = storyShaped({ verdict: "none", rest }).unknown;
    expect(weak?.list?.map(({ values, numbers }) => [values.dimension, numbers?.value])).toEqual([
      [{ low: "social" }, "reliability.2.spearmanBrown"],
      [{ low: "voice" }, "reliability.3.alpha"],
    ]);
  });

  test("an item that behaves as before is not named", () => {
    expect(storyShaped({ verdict: "none", rest }).unknown.differs?.list?.map(({ values }) => values.name)).toEqual([
      "item.a",
    ]);
  });

  test("planted: a share above everyone's that is not settled does not say who could not be placed", () => {
    const unplaced = (settled: boolean) =>
      storyShaped({
        verdict: "none",
        more: [
          percent("unclassifiable", { wave: "2025" }, value(3, { low: 2, high: 4 })),
          percent(
            "unclassifiable",
            { wave: "2025", area: "t" },
            value(30, { versus: [comparison("everyone", 27, { settled })] }),
          ),
        ],
      }).unknown.unplaced.map(({ id }) => id);
    expect(unplaced(false)).toEqual(["unplaced-all"]);
    expect(unplaced(true)).toEqual(["unplaced-all", "unplaced-more"]);
  });

  test("more than 15 per cent who did not know is said of a question, 15 is not", () => {
    const measure = (id: string) => ({
      id,
      name: named(id),
      statistics: ["percent" as const],
      dimension: null,
      service: null,
      min: null,
      max: null,
      direction: null,
      proxy: false,
      items: [],
      asked: ["2025"],
    });
    const story = storyShaped({
      verdict: "none",
      rest: {
        measures: [measure("missing.a.dont_know"), measure("missing.b.dont_know"), measure("missing.c.refused")],
      },
      more: ["a.dont_know", "b.dont_know", "c.refused"].map((id, place) =>
        percent(`missing.${id}`, { wave: "2025" }, value(place === 1 ? 15 : 16)),
      ),
    });
    expect(story.unknown.unanswered?.list).toHaveLength(1);
  });
});

describe("numbers that are no cells", () => {
  const stories = VERDICTS.map((verdict) =>
    storyShaped({
      verdict,
      certificate: {
        structure: structure(0.02),
        weights: { agreement: 0.9 },
        missing: { percent: 17, agreement: 0.8 },
        segments: [segment("A", { overlap: [{ with: "B", figure: value(12, { low: 10, high: 14 }) }] }), segment("B")],
        waves: [{ wave: "2025", atypicalHigh: false, refit: { agreement: 0.8, reading: "holds" } }],
      },
    }),
  );

  test("every path in a finding leads to a number of the release, and there is a way to write it", () => {
    let seen = 0;
    for (const story of stories) {
      for (const { id, numbers } of everyFinding(story)) {
        for (const path of Object.values(numbers ?? {})) {
          const number = story.numberAt(path);
          expect(number, `${id} ${path}`).not.toBeNull();
          expect(releaseNumber(path, number as number, "fi")).toMatch(/\d/);
          seen += 1;
        }
      }
    }
    expect(seen).toBeGreaterThan(60);
  });

  test("a path that leads nowhere, or to no number, is none: never a zero", () => {
    const [story] = stories;
    for (const path of ["segmentation.nothing", "segmentation.verdict", "constructor.length", "cells.length", ""])
      expect(story?.numberAt(path), path).toBeNull();
  });
});
