import type { Cell } from "../../data/contracts/cell.ts";
import { type FilterDimension, keyWithin } from "../disclosure/universe.ts";
import type { CutWave, Lattice } from "./cut-waves.ts";
import type { EarlierRelease, Members } from "./earlier-releases.ts";
import { usersOf } from "./universe-of-wave.ts";

type At = Readonly<Record<string, string>>;
/**
 * One published cell of an earlier release: of which measure, its codes by the dimensions of then, and who of the persons of then
 * and now is in it.
 */
export type EarlierCell = { measure: string; at: At; persons: Int32Array };

/** What of a wave is known from releases that were shown before (METHOD §7.6). */
export type Known = {
  cells: readonly EarlierCell[];
  /** Groupings, codes and membership that were different then: persons are told apart by them too. */
  dimensions: readonly FilterDimension[];
  /** Persons of earlier releases alone, after those of today: who handed over each one's row. */
  gone: readonly string[];
  /** Persons who came, went or changed among those of a cell: the larger of those only there now and only there then. */
  changed: ((at: At) => number) | null;
};

type WaveThen = Members["waves"][number];
/** Where each person, of today and gone, stood in an earlier release: −1 for who was not in it. */
type Matched = { release: EarlierRelease; then: WaveThen; places: Int32Array };

/**
 * Reckons a wave together with earlier releases of it. A person is known again by the hash of the whole row, or else of the
 * answers alone; who changed an answer went and came.
 */
export function reckonWithEarlier(wave: CutWave, lattice: Lattice, earlier: readonly EarlierRelease[]): Known {
  const { matched, gone } = matchPersons(wave, earlier);
  const last = matched.at(-1);
  const dimensions = matched.map((one) => dimensionsThen(wave, lattice, one));
  return {
    gone,
    dimensions: dimensions.flat(),
    cells: matched.flatMap((one, index) => cellsThen(wave.wave, one, dimensions[index] as FilterDimension[])),
    changed: last ? changesSince(wave, last) : null,
  };
}

type Person = { hash: string; answers: string; person: number };

function matchPersons({ wave, hashes, answers, present }: CutWave, earlier: readonly EarlierRelease[]) {
  const persons = hashes.flatMap((hash, person): Person[] =>
    present[person] === 1 ? [{ hash, answers: answers[person] as string, person }] : [],
  );
  const gone: string[] = [];
  const found = earlier.flatMap((release) => {
    const then = release.members.waves.find((one) => one.wave === wave);
    if (!then) return [];
    const places = [...then.hashes.keys()].filter((place) => then.present[place] === "1");
    // First by everything, then those still free by their answers: with other bands of age they are the same people.
    const byHash = pairUp(persons, places, {
      now: ({ hash }) => hash,
      before: (place) => then.hashes[place] as string,
    });
    const taken = new Set(byHash.values());
    const byAnswers = pairUp(
      persons.filter(({ person }) => !byHash.has(person)),
      places.filter((place) => !taken.has(place)),
      { now: (one) => one.answers, before: (place) => then.answers[place] as string },
    );
    const placeOf = new Map([...byHash, ...byAnswers]);
    const known = new Set(placeOf.values());
    for (const place of places.filter((one) => !known.has(one))) {
      const person = hashes.length + gone.length;
      gone.push(then.contributors[place] ?? "");
      persons.push({ hash: then.hashes[place] as string, answers: then.answers[place] as string, person });
      placeOf.set(person, place);
    }
    return [{ release, then, placeOf }];
  });
  const matched = found.map(({ release, then, placeOf }): Matched => {
    const places = Int32Array.from({ length: hashes.length + gone.length }, (_, person) => placeOf.get(person) ?? -1);
    return { release, then, places };
  });
  return { matched, gone };
}

/** Persons and the places of then that are alike: each place for one person, in their order. */
function pairUp(
  persons: readonly Person[],
  places: readonly number[],
  { now, before }: { now: (person: Person) => string; before: (place: number) => string },
): Map<number, number> {
  const free = new Map<string, number[]>();
  for (const one of persons) {
    const alike = free.get(now(one));
    if (alike) alike.push(one.person);
    else free.set(now(one), [one.person]);
  }
  return new Map(
    places.flatMap((place) => {
      const person = free.get(before(place))?.shift();
      return person === undefined ? [] : [[person, place] as const];
    }),
  );
}

/** Where a person's group, background or being there at all was not what it is now. */
function dimensionsThen(wave: CutWave, lattice: Lattice, { release, then, places }: Matched): FilterDimension[] {
  const persons = wave.hashes.length;
  const dimension = (name: string, codes: readonly string[], placeOf: (place: number) => number): FilterDimension => ({
    id: `${release.id}/${name}`,
    codes,
    shown: 0,
    sensitive: false,
    places: Uint16Array.from(places, (place) => {
      const code = place < 0 ? -1 : placeOf(place);
      return code < 0 ? codes.length : code;
    }),
  });
  const differs = (is: (person: number, place: number) => boolean) => places.some((place, person) => is(person, place));
  const there = differs((person, place) => place < 0 && (person >= persons || wave.present[person] === 1));
  const wentAway = places.length > persons;
  const moved = Object.entries(then.codes).flatMap(([variable, { codes, places: held }]) => {
    const list = lattice.codes.get(variable) ?? [];
    const now = wave.codes.get(variable);
    const isOther = differs((person, place) => {
      if (place < 0 || person >= persons) return false;
      const code = now?.[person] ?? null;
      return (codes[held[place] as number] ?? null) !== (code !== null && list.includes(code) ? code : null);
    });
    return isOther || wentAway ? [dimension(variable, codes, (place) => held[place] as number)] : [];
  });
  const users = Object.entries(wentAway ? then.users : {}).map(([service, used]) =>
    dimension(usersOf(service), ["used"], (place) => (used[place] === 0 ? 0 : -1)),
  );
  return [...(there ? [dimension("there", ["there"], () => 0)] : []), ...moved, ...users];
}

/** A cell that itself was shown as before is the earlier release's, and reckoned there. */
function cellsThen(
  wave: string,
  { release, then, places }: Matched,
  dimensions: readonly FilterDimension[],
): EarlierCell[] {
  const { id, document, asBefore } = release;
  const ids = new Set(dimensions.map((dimension) => dimension.id));
  const kept = new Set(asBefore[wave] ?? []);
  /** By the dimensions of then, where they are not those of today. */
  const inUniverse = (at: At): At => ({
    ...(ids.has(`${id}/there`) && { [`${id}/there`]: "there" }),
    ...Object.fromEntries(
      Object.entries(at).map(([variable, code]) => [
        ids.has(`${id}/${variable}`) ? `${id}/${variable}` : variable,
        code,
      ]),
    ),
  });
  const known = new Map<string, Int32Array>();
  const personsIn = (at: At) => {
    const key = JSON.stringify(at);
    const found =
      known.get(key) ??
      Int32Array.from(places.keys()).filter(
        (person) => places[person] !== -1 && isIn(then, places[person] as number, at),
      );
    known.set(key, found);
    return found;
  };
  return document.cells
    .filter(({ at, figure, statistic }) => at.wave === wave && isFigure(figure) && statistic !== "people")
    .flatMap((cell) => {
      const told = groupsTold(cell, document);
      if (told.some((at) => kept.has(keyWithin(at)))) return [];
      const measure = `${cell.measure}/${cell.statistic}`;
      return told.map((at) => ({ measure, at: inUniverse(at), persons: personsIn(at) }));
    });
}

/** Whose group a published cell tells of: its own, and of a share of a group the group itself. */
function groupsTold(
  { measure, statistic, at: { wave: _, ...at } }: Cell,
  { measures }: EarlierRelease["document"],
): At[] {
  const service = measures.find(({ id }) => id === measure)?.service ?? null;
  if (measure === "unclassifiable" || measure.startsWith("coverage.register")) return [];
  if (service === null || statistic === "count") return [at];
  const users = { ...at, [usersOf(service)]: "used" };
  return measure.endsWith(".used") ? [at, users] : [users];
}

function isFigure({ kind }: Cell["figure"]): boolean {
  return kind === "value" || kind === "few" || kind === "most";
}

function isIn({ codes, users }: WaveThen, place: number, at: At): boolean {
  return Object.entries(at).every(([variable, code]) => {
    const service = Object.keys(users).find((id) => usersOf(id) === variable);
    if (service !== undefined) return users[service]?.[place] === 0;
    const held = codes[variable];
    return held !== undefined && held.codes[held.places[place] as number] === code;
  });
}

function changesSince({ codes, hashes, present, users }: CutWave, { then, places }: Matched): Known["changed"] {
  const gone = Array.from(places.subarray(hashes.length)).filter((place) => place >= 0);
  const come = Array.from(hashes.keys()).filter((person) => places[person] === -1 && present[person] === 1);
  const isNow = (person: number, at: At) =>
    Object.entries(at).every(([variable, code]) => {
      const service = [...users.keys()].find((id) => usersOf(id) === variable);
      return service === undefined ? codes.get(variable)?.[person] === code : users.get(service)?.[person] === 0;
    });
  if (gone.length === 0 && come.length === 0) return null;
  return (at) =>
    Math.max(gone.filter((place) => isIn(then, place, at)).length, come.filter((person) => isNow(person, at)).length);
}
