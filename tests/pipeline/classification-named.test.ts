import { describe, expect, test } from "vitest";
import type { Classification } from "../../data/contracts/classification.ts";
import type { Codebook } from "../../data/contracts/codebook.ts";
import type { ChosenExtract } from "../../server/pipeline/choose-extracts.ts";
import { describeVariables } from "../../server/pipeline/describe-release.ts";
import type { ReleaseWords } from "../../server/pipeline/release-words.ts";
import { named } from "../findings/made-up.ts";

const classification = (id: string): Classification => ({
  format: "tilannekuva.classification/1",
  id,
  name: named(id),
  source: "Tests",
  codes: [{ code: "837", name: named("Town") }],
});

/** The area as a release describes it, of codebooks that code it by these classifications; null: by categories of their own. */
function areaOf(...ids: (string | null)[]) {
  const chosen = ids.map((id) => {
    const coded =
      id === null ? { categories: [{ code: "837", from: ["837"], name: named("Town") }] } : { classification: id };
    const columns = [{ column: "a", use: "background", id: "area", name: named("Area"), ...coded }];
    return { role: "survey", codebook: { columns } as unknown as Codebook } as ChosenExtract;
  });
  const variables = describeVariables({
    lattice: { tables: [], codes: new Map([["area", ["837"]]]) },
    waves: [],
    segmentNames: new Map(),
    chosen,
    classifications: new Map(["municipality-2025", "municipality-2021"].map((id) => [id, classification(id)])),
    words: { word: named } as unknown as ReleaseWords,
  });
  return variables.find(({ id }) => id === "area");
}

describe("the classification of a variable", () => {
  test("is named where every survey codes it by the same one", () => {
    expect(areaOf("municipality-2025")?.classification).toBe("municipality-2025");
    expect(areaOf("municipality-2025", "municipality-2025")?.classification).toBe("municipality-2025");
  });

  test.each([[[null]], [["municipality-2025", null]], [["municipality-2025", "municipality-2021"]], [[]]])(
    "is not guessed from codes: %j",
    (ids) => {
      const area = areaOf(...ids);
      expect(area?.codes.map(({ code }) => code)).toEqual(["837"]);
      expect(area).not.toHaveProperty("classification");
    },
  );
});
