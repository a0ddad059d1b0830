import { draws } from "../pipeline/made-up.ts";

/**
 * A program that knows the rules, the codes and, of every cell that is answered, exactly how many are in it, and asks on: of a
 * group that it cannot read it tries every way it knows to work the size out, of those that it reads on the way.
 *
 * A group is a box: of some variables some of their codes. Its size is what a cell says; or the sum of its parts in one more
 * variable; or a larger box less the rest of it; or a sum over the codes of one of its variables.
 */
export type Box = ReadonlyMap<string, readonly string[]>;
export type Asked = {
  /** By variable its codes, with the group of those without one where there are any ("–"). */
  codes: ReadonlyMap<string, readonly string[]>;
  /** What the server says of a cell: exactly how many; null where it is protected or not there. */
  ask: (at: Readonly<Record<string, string>>) => number | null;
};
export type Report = { queries: number; groups: number; found: { box: string; size: number }[] };

const DEEP = 3;
const MOST_VARIABLES = 3;

export function adversary(
  { codes, ask }: Asked,
  { queries: wanted, k, seed }: { queries: number; k: number; seed: number },
): Report {
  const random = draws(seed);
  const variables = [...codes.keys()];
  const known = new Map<string, number>();
  const hopeless = new Map<string, number>();
  const found = new Map<string, number>();
  const tried = new Set<string>();
  let queries = 0;
  while (queries < wanted) {
    const before = queries;
    for (const box of relativesOf(drawBox())) {
      tried.add(nameOf(box));
      const size = sizeOf(box, DEEP);
      if (size !== null && size > 0 && size < k) found.set(nameOf(box), size);
    }
    // Everything near was known already: it forgets what it gave up, and asks again.
    if (queries === before) hopeless.clear();
  }
  return { queries, groups: tried.size, found: [...found].map(([box, size]) => ({ box, size })) };

  /** Some codes of one to three variables: one code, all but one, or several. */
  function drawBox(): Box {
    const box = new Map<string, readonly string[]>();
    const count = 1 + random.below(MOST_VARIABLES);
    while (box.size < count) {
      const variable = variables[random.below(variables.length)] as string;
      const list = codes.get(variable) as readonly string[];
      const one = list[random.below(list.length)] as string;
      const kind = random.below(4);
      const some =
        kind === 0
          ? list.filter((code) => code !== one)
          : kind === 1
            ? list.filter(() => random.below(2) === 0)
            : [one];
      if (some.length > 0 && some.length < list.length) box.set(variable, some);
    }
    return box;
  }

  /** The box, and those that stand in a line with it in each of its variables: where one is hidden, its neighbours are asked. */
  function* relativesOf(box: Box): Generator<Box> {
    yield box;
    for (const [variable, some] of box) {
      if (some.length > 1) continue;
      for (const code of codes.get(variable) as readonly string[])
        if (code !== some[0]) yield new Map(box).set(variable, [code]);
    }
  }

  function read(box: Box): number | null {
    queries++;
    return ask(Object.fromEntries([...box].map(([variable, some]) => [variable, some[0] as string])));
  }

  function sizeOf(box: Box, depth: number): number | null {
    const name = nameOf(box);
    const own = known.get(name);
    if (own !== undefined) return own;
    if ((hopeless.get(name) ?? -1) >= depth) return null;
    const size =
      ([...box.values()].every(({ length }) => length === 1) ? read(box) : null) ??
      (depth > 0 ? workOut(box, depth - 1) : null);
    if (size === null) hopeless.set(name, depth);
    else known.set(name, size);
    return size;
  }

  function workOut(box: Box, depth: number): number | null {
    for (const [variable, some] of box) {
      const list = codes.get(variable) as readonly string[];
      if (some.length > 1) {
        const parts = some.map((code) => new Map(box).set(variable, [code]));
        const sum = sumOf(parts, depth);
        if (sum !== null) return sum;
      }
      const without = new Map(box);
      without.delete(variable);
      const whole = sizeOf(without, depth);
      if (whole === null) continue;
      const rest = sumOf(
        list.filter((code) => !some.includes(code)).map((code) => new Map(box).set(variable, [code])),
        depth,
      );
      if (rest !== null) return whole - rest;
    }
    if (box.size >= MOST_VARIABLES) return null;
    for (const [variable, list] of codes) {
      if (box.has(variable)) continue;
      const sum = sumOf(
        list.map((code) => new Map(box).set(variable, [code])),
        depth,
      );
      if (sum !== null) return sum;
    }
    return null;
  }

  function sumOf(parts: readonly Box[], depth: number): number | null {
    let sum = 0;
    for (const part of parts) {
      const size = sizeOf(part, depth);
      if (size === null) return null;
      sum += size;
    }
    return sum;
  }
}

const nameOf = (box: Box) =>
  [...box]
    .map(([variable, some]) => `${variable}=${[...some].sort().join("|")}`)
    .sort()
    .join("&");

/**
 * Bounds of every cell of up to three variables: nobody is fewer than none, parts make up their whole, and what is answered is known.
 * Tightened until nothing moves.
 */
export function boundsOf(
  { codes, ask }: Asked,
  everyone: number,
): Map<string, { at: Record<string, string>; low: number; high: number }> {
  const bounds = new Map<string, { at: Record<string, string>; low: number; high: number }>();
  const lines: { whole: string; parts: string[] }[] = [];
  const keyOf = (at: Record<string, string>) =>
    nameOf(new Map(Object.entries(at).map(([variable, code]) => [variable, [code]])));
  const put = (at: Record<string, string>) => {
    const key = keyOf(at);
    if (bounds.has(key)) return key;
    const n = Object.keys(at).length === 0 ? everyone : ask(at);
    bounds.set(key, { at, low: n ?? 0, high: n ?? everyone });
    return key;
  };
  const grow = (at: Record<string, string>) => {
    const whole = put(at);
    if (Object.keys(at).length === MOST_VARIABLES) return;
    for (const [variable, list] of codes) {
      if (variable in at) continue;
      const parts = list.map((code) => put({ ...at, [variable]: code }));
      lines.push({ whole, parts });
    }
  };
  const cells: Record<string, string>[] = [{}];
  for (let depth = 0; depth < MOST_VARIABLES; depth++)
    for (const at of cells.filter((one) => Object.keys(one).length === depth)) {
      grow(at);
      for (const [variable, list] of codes)
        if (Object.keys(at).every((own) => own < variable))
          for (const code of list) cells.push({ ...at, [variable]: code });
    }
  for (let moved = true; moved; ) {
    moved = false;
    for (const { whole, parts } of lines) {
      const own = bounds.get(whole)!;
      const all = parts.map((part) => bounds.get(part)!);
      const [low, high] = [all.reduce((sum, part) => sum + part.low, 0), all.reduce((sum, part) => sum + part.high, 0)];
      const tighten = (one: { low: number; high: number }, least: number, most: number) => {
        if (least > one.low) [one.low, moved] = [least, true];
        if (most < one.high) [one.high, moved] = [most, true];
      };
      tighten(own, low, high);
      for (const part of all) tighten(part, own.low - (high - part.high), own.high - (low - part.low));
    }
  }
  return bounds;
}
