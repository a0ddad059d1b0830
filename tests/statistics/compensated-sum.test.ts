import { describe, expect, it } from "vitest";
import { compensatedSum } from "../../server/statistics/sum.ts";

describe("a compensated sum", () => {
  it("keeps what a plain one loses (Neumaier's own example)", () => {
    const terms = [1, 1e100, 1, -1e100];
    expect(compensatedSum(4, (index) => terms[index]!)).toBe(2);
    expect(compensatedSum(0, () => 1)).toBe(0);
  });
});
