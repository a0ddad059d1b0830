import { describe, expect, it } from "vitest";
import { createRandom, drawNormals, drawSeed } from "../../server/segmentation/random.ts";

const ONE_TWO_THREE_FOUR = "00000001000000020000000300000004";

describe("xoshiro128**", () => {
  it("gives the published outputs for the state 1, 2, 3, 4 (rand_xoshiro, made with the authors' C code)", () => {
    const random = createRandom(ONE_TWO_THREE_FOUR);
    expect(Array.from({ length: 10 }, () => random.bits())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it("makes a number of two outputs, 53 bits in [0, 1)", () => {
    const random = createRandom(ONE_TWO_THREE_FOUR);
    expect(random.next()).toBe(((11520 >>> 5) * 2 ** 26) / 2 ** 53);
    expect(random.next()).toBe(((5927040 >>> 5) * 2 ** 26 + (70819200 >>> 6)) / 2 ** 53);
  });

  it("draws below n evenly and never n itself", () => {
    const random = createRandom("9e3779b97f4a7c15f39cc0605cedc834");
    const counts = new Array<number>(7).fill(0);
    for (let draw = 0; draw < 70_000; draw++) counts[random.below(7)]!++;
    expect(counts).toHaveLength(7);
    // χ² with 6 degrees of freedom: 22.5 is its 99.9th percentile.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  });

  it("draws again where the last stretch of n is incomplete, so that below(3·2³⁰) is not 4/3 as often under 2³⁰", () => {
    const random = createRandom("9e3779b97f4a7c15f39cc0605cedc834");
    let under = 0;
    for (let draw = 0; draw < 30_000; draw++) if (random.below(3 * 2 ** 30) < 2 ** 30) under++;
    expect(Math.abs(under / 30_000 - 1 / 3)).toBeLessThan(0.012);
  });

  it("reads the first 128 bits of a longer seed and refuses what is no seed", () => {
    expect(createRandom(`${ONE_TWO_THREE_FOUR}ffff`).bits()).toBe(11520);
    expect(() => createRandom(ONE_TWO_THREE_FOUR.slice(1))).toThrow(RangeError);
    expect(() => createRandom("0".repeat(64))).toThrow(RangeError);
    expect(() => createRandom("g".repeat(32))).toThrow(RangeError);
    expect(() => createRandom(ONE_TWO_THREE_FOUR).below(0)).toThrow(RangeError);
  });
});

describe("seeds drawn for parts of the work", () => {
  it("are four raw outputs as hexadecimal characters, and make streams of their own", () => {
    expect(drawSeed(createRandom(ONE_TWO_THREE_FOUR))).toBe(
      [11520, 0, 5927040, 70819200].map((word) => word.toString(16).padStart(8, "0")).join(""),
    );
    const random = createRandom(ONE_TWO_THREE_FOUR);
    const firsts = Array.from({ length: 1000 }, () => createRandom(drawSeed(random)).bits());
    expect(new Set(firsts).size).toBe(1000);
  });
});

describe("normal numbers", () => {
  it("have the moments and the tails of the standard normal (200,000 draws), odd counts too", () => {
    const normals = drawNormals(200_001, createRandom("9e3779b97f4a7c15f39cc0605cedc834"));
    const mean = (of: (value: number) => number) => normals.reduce((sum, value) => sum + of(value), 0) / normals.length;
    expect(Math.abs(mean((value) => value))).toBeLessThan(0.009);
    expect(Math.abs(mean((value) => value ** 2) - 1)).toBeLessThan(0.013);
    expect(Math.abs(mean((value) => value ** 4) - 3)).toBeLessThan(0.09);
    expect(Math.abs(mean((value) => (value > 1.959964 ? 1 : 0)) - 0.025)).toBeLessThan(0.0015);
    expect(Math.abs(mean((value) => (value < -1.281552 ? 1 : 0)) - 0.1)).toBeLessThan(0.0027);
    let neighbours = 0;
    for (let index = 1; index < normals.length; index++) neighbours += normals[index]! * normals[index - 1]!;
    expect(Math.abs(neighbours / normals.length)).toBeLessThan(0.01);
  });
});
