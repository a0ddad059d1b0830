import { describe, expect, test } from "vitest";
import { decimalNumber, intervalNumbers, signedNumber, statisticNumber } from "../../components/figures/format.ts";
import { type KindWords, kindWord, writtenPart } from "../../components/figures/printed.tsx";
import { releaseNumber } from "../../components/figures/release-number.ts";
import { mean, value } from "../findings/made-up.ts";

describe("numbers", () => {
  test("are written as each language writes them", () => {
    expect(decimalNumber(12345.6, 1, "fi")).toBe("12\u00a0345,6");
    expect(decimalNumber(12345.6, 1, "sv")).toBe("12\u00a0345,6");
    expect(decimalNumber(12345.6, 1, "en")).toBe("12,345.6");
    expect(statisticNumber(16, "percent", "fi")).toBe("16\u00a0%");
    expect(statisticNumber(16, "percent", "en")).toBe("16%");
    expect(statisticNumber(58, "mean", "fi")).toBe("58,0");
  });

  test("have a true minus, and nought has none", () => {
    expect(signedNumber(-3.14, "mean", "fi")).toBe("\u22123,1");
    expect(signedNumber(3.14, "mean", "en")).toBe("+3.1");
    expect(signedNumber(-0.01, "mean", "fi")).toBe("±0,0");
    expect(decimalNumber(-0.001, 1, "fi")).toBe("0,0");
  });

  test("limits with a minus are not joined by a dash", () => {
    expect(intervalNumbers(13, 19, "percent", "fi")).toBe("13–19\u00a0%");
    expect(intervalNumbers(-3, 1, "correlation", "fi")).toBe("\u22123,00\u00a0…\u00a01,00");
  });
});

describe("kinds that are no number", () => {
  const words: KindWords = {
    few: "few",
    most: "most",
    uncertain: "uncertain",
    "not-asked": "not asked",
    "not-yet": "not yet",
    protected: "protected",
    absent: "absent",
  };

  test("each has its own word, and none writes a number", () => {
    const kinds = ["few", "most", "uncertain", "not-asked", "not-yet", "protected"] as const;
    expect(new Set(kinds.map((kind) => kindWord({ kind }, words))).size).toBe(kinds.length);
    for (const kind of kinds) {
      const cell = { key: "k", ...mean("health", { wave: "1" }, { kind }) };
      for (const part of ["value", "interval", "n", "difference"] as const)
        expect(writtenPart(cell, part, "fi", "everyone")).toBeNull();
    }
  });

  test("a value without limits, n or comparison writes none", () => {
    const cell = { key: "k", ...mean("health", { wave: "1" }, value(5)) };
    expect(writtenPart(cell, "value", "fi")?.text).toBe("5,0");
    expect(writtenPart(cell, "interval", "fi")).toBeNull();
    expect(writtenPart(cell, "n", "fi")).toBeNull();
    expect(writtenPart(cell, "difference", "fi", "everyone")).toBeNull();
  });
});

describe("numbers of a release that are no cells", () => {
  test.each([
    ["segmentation.certificate.levelShare", 0.97, "97\u00a0%"],
    ["segmentation.certificate.structure.pValue", 0.01, "0,01"],
    ["segmentation.certificate.structure.statistic", 9.4, "9,40"],
    ["segmentation.certificate.tried.3.stability.0", 0.8, "0,80"],
    ["segmentation.certificate.tried.3.k", 5, "5"],
    ["segmentation.certificate.segments.0.overlap.1.figure.value", 12, "12\u00a0%"],
    ["segmentation.certificate.segments.0.profile.1.z", -0.84, "\u22120,8"],
    ["segmentation.certificate.segments.0.background.1.ratio", 1.25, "1,3"],
    // Halves go away from zero, though 1.45 lies below its half in binary.
    ["segmentation.pileUp.1.low", 1.45, "1,5"],
    ["segmentation.pileUp.1.independent", 12, "12\u00a0%"],
    ["reliability.4.low", 0.7, "0,70"],
    ["comparability.4.shift", 0.27, "+0,27"],
  ])("%s of %d is %s", (path, number, written) => {
    expect(releaseNumber(path, number, "fi")).toBe(written);
  });

  test("a number of no known kind is a fault, not a guess", () => {
    expect(() => releaseNumber("segmentation.something", 1, "fi")).toThrow();
  });
});
