import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Release, Verdict } from "../../data/contracts/release.ts";
import { temporaryFolder, tree } from "../command.ts";
import { threeKinds } from "./kinds-of-people.ts";
import { house, lifeEvent } from "./made-up.ts";

const SLOW = 240_000;

describe("a number of groups that a steward asks for", () => {
  const { survey } = threeKinds(9, 420, { id: "asked" });
  let folder: string;
  let own: ReturnType<typeof house>;
  const event = lifeEvent("asked-event", "asked", { variables: ["area"] });
  beforeAll(() => {
    folder = temporaryFolder("forced");
    own = house(folder, "asked");
    own.ingest(survey);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    "is taken where it may be used, and the release says who chose it, not why",
    () => {
      const release: Release = own.release(event, "--k", "2", "--reason", "the workshop asked");
      expect(release.segmentation.certificate.chosenBy).toBe("steward");
      expect(release.segmentation.certificate.tried.find(({ k }) => k === 2)?.admissible).toBe(true);
      expect(release.segmentation.k).toBe(2);
      expect(["segments", "profiles-on-a-continuum"] satisfies Verdict[]).toContain(release.segmentation.verdict);
      expect(own.text(release.id)).not.toContain("workshop asked");
      expect(own.inspect(release.id).model.reasonForK).toBe("the workshop asked");
    },
    SLOW,
  );

  test(
    "is refused where it may not, with those that may, and nothing is written",
    () => {
      const before = tree(own.home);
      for (const k of ["4", "7"]) {
        const { code, document } = own.tryRelease(event, "--k", k, "--reason", "the workshop asked", "--lang", "en");
        expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["k-not-admissible"]]);
        expect([k, document.problems?.[0]?.message.match(/Possible: (.*)\./)?.[1]]).toEqual([k, "2, 3"]);
      }
      expect(tree(own.home)).toEqual(before);
    },
    SLOW,
  );

  test("is refused by name where no groups are looked for", () => {
    const small = house(folder, "small");
    small.ingest({ ...survey, rows: survey.rows.slice(0, 150) });
    const { code, document } = small.tryRelease(event, "--k", "3", "--reason", "the workshop asked");
    expect([code, document.problems?.map((problem) => problem.code)]).toEqual([1, ["k-not-admissible"]]);
  });
});
