import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DIMENSIONS } from "../../data/contracts/names.ts";
import { VERDICTS } from "../../data/contracts/release.ts";
import type { Finding } from "../../server/findings/finding.ts";
import { comparison, percent } from "./made-up.ts";
import { BANDS, pileUp, storyShaped, TROUBLES } from "./shapes.ts";

const ids = (findings: (Finding | null)[]) => findings.map((finding) => finding?.id);

describe("the picture leads with the strongest description that the verdict allows", () => {
  test.each([
    ["segments", "segment", ["band", "troubles"]],
    ["profiles-on-a-continuum", "segment", ["band", "troubles"]],
    ["untested", "segment", ["band", "troubles"]],
    ["level-only", "band", ["troubles"]],
    ["one-question", "troubles", []],
    ["none", "troubles", []],
  ] as const)("%s: %s, beside it %j", (verdict, leads, beside) => {
    const story = storyShaped({ verdict });
    expect(story.grouping?.variable).toBe(leads);
    expect(story.beside.map(({ variable }) => variable)).toEqual(beside);
  });

  test("every verdict is somewhere in that table, and bands can be asked for under each", () => {
    for (const verdict of VERDICTS) {
      const story = storyShaped({ verdict });
      expect(story.groupings.map(({ variable }) => variable)).toContain("band");
      expect(story.grouping).not.toBeNull();
    }
  });

  test("groups stand from the best off: the highest level first, no troubles first", () => {
    const story = storyShaped({ verdict: "segments" });
    const codes = (variable: string) =>
      story.groupings.find((one) => one.variable === variable)?.groups.map(({ code, place, of }) => [code, place, of]);
    expect(codes("band")).toEqual([...BANDS].reverse().map((code, place) => [code, place, 5]));
    expect(codes("troubles")).toEqual(TROUBLES.map((code, place) => [code, place, 4]));
  });
});

describe("what is said first", () => {
  test("levels: that there are levels, the outcome at their ends, how the shares moved, how burdens pile up", () => {
    const story = storyShaped({
      verdict: "level-only",
      change: (variable, code) =>
        variable === "band" ? [comparison("previous-wave", 3, { settled: code === "1" })] : [],
    });
    expect(ids(story.said.headline)).toEqual([
      "groups-levels",
      "levels-outcome",
      "levels-change-settled",
      "pile-commoner",
    ]);
    expect(ids(story.said.inShort.map(({ said }) => said))).toEqual(["change-incomparable"]);
    expect(story.said.headline[2]?.list).toMatchObject([{ id: "share-change-item", values: { code: "1" } }]);
    expect(story.said.headline[1]?.cells).toMatchObject({
      highest: { key: "dimension.subjective/mean?wave=2025&band=5", part: "value" },
      lowest: { key: "dimension.subjective/mean?wave=2025&band=1", part: "value" },
    });
    expect(story.said.oneSentence.id).toBe("levels-outcome");
  });

  test("no groups: why, then the pile-up, the outcome with it and whether it moved", () => {
    const change = () => [comparison("previous-wave", 9, { settled: false })];
    const story = storyShaped({ verdict: "none", change });
    expect(ids(story.said.headline)).toEqual(["groups-troubles", "pile-commoner", "pile-outcome", "pile-change-none"]);
    expect(story.said.oneSentence.id).toBe("pile-commoner");
  });

  test.each([
    [{}, "groups-troubles"],
    [{ notes: ["no-admissible-k", "some-structure"] }, "groups-unstable"],
    [{ notes: ["few-dimensions"], dimensions: ["health", "social"] }, "groups-few-dimensions"],
  ] as const)("no groups, %j: %s", (certificate, id) => {
    const story = storyShaped({ verdict: "none", certificate: structuredClone(certificate) as never });
    expect(story.said.groups.id).toBe(id);
  });

  test("one question that makes the group is named", () => {
    const { groups } = storyShaped({ verdict: "one-question", certificate: { oneQuestion: "voice" } }).said;
    expect(groups).toMatchObject({ id: "groups-one-question", values: { dimension: { low: "voice" } } });
  });

  test("in the reference wave the shares of the levels are no finding: they were cut so", () => {
    expect(storyShaped({ verdict: "level-only" }, "2024").said.shares.id).toBe("levels-reference");
    expect(storyShaped({ verdict: "level-only" }).said.shares.id).toBe("levels-shares");
  });

  test("both ends of an order are said where both are settled, never one of them alone as a finding", () => {
    const story = storyShaped({ verdict: "level-only" });
    expect(story.said.dimensions).toMatchObject({ id: "fingerprint-ends", values: { variable: "band", count: 9 } });
  });
});

describe("what is not settled is not said", () => {
  test("a change of a share as large as one likes is no settled change while it is not settled", () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.constantFrom("level-only", "none"), (difference, verdict) => {
        const change = () => [comparison("previous-wave", difference, { settled: false })];
        const said = ids(storyShaped({ verdict, change }).said.headline);
        expect(said).not.toContain("levels-change-settled");
        expect(said).not.toContain("pile-change-settled");
        expect(said.some((id) => id?.endsWith("-change-none"))).toBe(true);
      }),
    );
  });

  test("without a stored comparison nothing is said of a change, not even that there is none", () => {
    const said = ids(storyShaped({ verdict: "level-only" }).said.headline);
    expect(said.filter((id) => id?.startsWith("levels-change"))).toEqual([]);
  });

  test("a ratio is commoner or rarer only when its interval, as printed, lies on one side of one", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (ratio, half) => {
          const said = storyShaped({ verdict: "none", pileUp: [pileUp("3+", ratio, half)] }).said.pileUp?.id;
          const [low, high] = [ratio - half, ratio + half].map((limit) => Math.round(limit * 10 + 1e-9) / 10);
          if (said === "pile-commoner") expect(low).toBeGreaterThan(1);
          else if (said === "pile-rarer") expect(high).toBeLessThan(1);
          else {
            expect(said).toBe("pile-as-common");
            expect(low).toBeLessThanOrEqual(1);
            expect(high).toBeGreaterThanOrEqual(1);
          }
        },
      ),
    );
  });

  test("a ratio of another wave is not this wave's", () => {
    const story = storyShaped({ verdict: "none", pileUp: [{ ...pileUp("3+", 2), wave: "2024" }] });
    expect(story.said.pileUp?.id).toBe("pile-shares");
    expect(story.piledUp).toEqual([]);
  });

  test("what is low for over half is said by the lower limit, not by the share", () => {
    // Made-up shares: 61 % with limits 37–64. Over half by the share alone.
    expect(storyShaped({ verdict: "none" }).said.pileUpLow?.id).toBe("pile-low-none");
  });

  test("of shares that are protected nothing is said, neither of one nor of all", () => {
    const said = (hidden: readonly string[]) => {
      const instead = hidden.map((dimension) =>
        percent(`low.${dimension}`, { wave: "2025", troubles: "3+" }, { kind: "protected" as const }),
      );
      return storyShaped({ verdict: "none", instead }).said.pileUpLow?.id;
    };
    const all = DIMENSIONS.filter((dimension) => dimension !== "subjective");
    for (let first = 1; first < all.length; first++) expect(said(all.slice(first))).toBe("pile-low-partly");
    expect(said(all)).toBe("pile-low-protected");
    expect(said([])).toBe("pile-low-none");
  });
});
