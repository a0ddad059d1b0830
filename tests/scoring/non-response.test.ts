import { expect, test } from "vitest";
import type { MissingReason } from "../../data/contracts/codebook.ts";
import { nonResponseOf } from "../../server/scoring/non-response.ts";

const times = (count: number, reason: MissingReason | null) => new Array<MissingReason | null>(count).fill(reason);

test("reasons are counted among those who were asked", () => {
  const reasons = [
    ...times(80, null),
    ...times(9, "dont_know"),
    ...times(6, "refused"),
    ...times(4, "no_answer"),
    ...times(1, "suppressed_at_source"),
    ...times(30, "not_applicable"),
    ...times(20, "not_asked"),
  ];
  expect(nonResponseOf(reasons)).toEqual({
    asked: 100,
    answered: 80,
    byReason: { dont_know: 9, refused: 6, no_answer: 4, suppressed_at_source: 1 },
    manyDontKnow: false,
  });
});

test("15 in 100 who do not know are let be, 151 in 1000 are not, and those who were not asked do not thin them out", () => {
  expect(nonResponseOf([...times(85, null), ...times(15, "dont_know")]).manyDontKnow).toBe(false);
  expect(nonResponseOf([...times(849, null), ...times(151, "dont_know")]).manyDontKnow).toBe(true);
  expect(nonResponseOf([...times(17, null), ...times(3, "dont_know")]).manyDontKnow).toBe(false);
  expect(nonResponseOf([...times(84, null), ...times(16, "dont_know"), ...times(900, "not_asked")]).manyDontKnow).toBe(
    true,
  );
  expect(nonResponseOf([...times(84, null), ...times(16, "refused")]).manyDontKnow).toBe(false);
});

test("an item that nobody was asked, or that nobody answered", () => {
  expect(nonResponseOf(times(5, "not_asked"))).toMatchObject({ asked: 0, answered: 0, manyDontKnow: false });
  expect(nonResponseOf([])).toMatchObject({ asked: 0, answered: 0, manyDontKnow: false });
  expect(nonResponseOf(times(5, "dont_know"))).toMatchObject({ asked: 5, answered: 0, manyDontKnow: true });
});
