import type { Code, Names } from "../../data/contracts/names.ts";
import { type Finding, isValue, numberOf, versus } from "./finding.ts";
import { declaredServices, type ServiceInGroup, type ServiceView } from "./services.ts";
import { GROUPINGS, type Group, type KeyedCell, type View } from "./view.ts";

/** Whether a group has used a service more often, or more rarely, than all others: the stored comparison, if settled. */
export type Reach = ServiceInGroup & { reach: "more" | "less" | "unsettled" | null };

/** A settled verdict outside the groups: a service among the people of one area, age or other background. */
export type Elsewhere = { variable: string; code: Code; verdict: "works" | "fails"; needMet: KeyedCell };

/** A service in the hand of an organisation: whom it reaches, and where it meets the need or does not. */
export type Lever = {
  service: ServiceView["service"];
  everyone: ServiceInGroup;
  groups: Reach[];
  elsewhere: Elsewhere[];
};
export type Actor = { id: string; name: Names | null; levers: Lever[] };

/** Who brings data: an owner, and what it owns. */
export type Contributor = { owner: Names; sources: Names[] };

/** The organisations in the order in which the life event declares them: never by how well they do. */
export function actorsOf(view: View): Actor[] {
  const actors = new Map<string, Actor>();
  for (const { service, everyone, groups } of declaredServices(view)) {
    const { organisation: id, organisationName: name } = service;
    const actor = actors.get(id) ?? { id, name, levers: [] };
    actors.set(id, actor);
    const reached = groups.map((one): Reach => ({ ...one, reach: reachOf(one.used) }));
    actor.levers.push({ service, everyone, groups: reached, elsewhere: elsewhere(view, service.id) });
  }
  return [...actors.values()];
}

function reachOf(used: KeyedCell | null): Reach["reach"] {
  const compared = versus(used, "others");
  if (!compared) return null;
  if (!compared.settled || compared.difference === 0) return "unsettled";
  return compared.difference > 0 ? "more" : "less";
}

function elsewhere({ cells, wave }: View, service: string): Elsewhere[] {
  const { release } = cells;
  return release.variables.flatMap(({ id: variable, codes }) =>
    (GROUPINGS as readonly string[]).includes(variable)
      ? []
      : codes.flatMap(({ code }): Elsewhere[] => {
          const stored = release.services?.find(
            (one) => one.wave === wave && one.service === service && one.variable === variable && one.code === code,
          );
          const needMet = cells.find(`service.${service}.need-met`, "percent", { wave, [variable]: code });
          if (!stored || stored.verdict === "not-settled" || !isValue(needMet)) return [];
          return [{ variable, code, verdict: stored.verdict, needMet }];
        }),
  );
}

/** The owners of the sources of this wave, registers included, in the order of the release. */
export function contributorsOf({ cells, wave }: View): Contributor[] {
  const owners = new Map<string, Contributor>();
  for (const { owner, name, waves } of cells.release.inputs) {
    if (!owner || !waves.includes(wave)) continue;
    const known = owners.get(owner.fi) ?? { owner, sources: [] };
    owners.set(owner.fi, known);
    if (!known.sources.some(({ fi }) => fi === name.fi)) known.sources.push(name);
  }
  return [...owners.values()];
}

/**
 * Which services a group uses more often than all others though they meet its need more rarely; else whom the services reach more
 * rarely than all others; else whom more often; else why nothing can be said. Using a service
 * less is no fault of it: the need may be less. Those furthest from all others are named, in the order as declared.
 */
export function actorsSaid(view: View): Finding | null {
  const actors = actorsOf(view);
  if (actors.length === 0) return null;
  const reached = actors.flatMap(({ name, levers }) =>
    levers.flatMap(({ service, groups }) => groups.map((one) => ({ ...one, service, organisation: name }))),
  );
  const settled = (reach: "more" | "less") =>
    reached.flatMap((one) =>
      one.reach === reach && one.group && isValue(one.used) ? [{ ...one, group: one.group, used: one.used }] : [],
    );
  const [less, more] = [settled("less"), settled("more")];
  const unmet = more.flatMap((one) => (one.verdict === "fails" && isValue(one.needMet) ? [one] : []));
  if (unmet.length > 0) {
    const values = { more: unmet.length > UNMET_NAMED ? "yes" : "no" };
    return { id: "actors-unmet", values, cells: {}, list: unmet.slice(0, UNMET_NAMED).map(unmetItem) };
  }
  const first = less.length > 0 ? less : more;
  if (first.length === 0) return { id: "actors-none", values: { reading: silence(actors, reached) }, cells: {} };
  const gap = ({ used }: (typeof first)[number]) => Math.abs(versus(used, "others")?.difference ?? 0);
  const named = new Set([...first].sort((one, other) => gap(other) - gap(one)).slice(0, NAMED));
  return {
    id: first === less ? "actors-less" : "actors-more",
    values: { more: first.length > NAMED ? "yes" : "no" },
    cells: {},
    list: first.filter((one) => named.has(one)).map(item),
  };
}

/** Why no difference is named: nothing asked, nothing of groups to compare, or no difference that is settled. */
function silence(actors: Actor[], reached: Reach[]): "unasked" | "incomparable" | "unsettled" {
  if (!actors.some(({ levers }) => levers.some(({ everyone }) => everyone.used))) return "unasked";
  return reached.some(({ reach }) => reach !== null) ? "unsettled" : "incomparable";
}

type Named = { service: Lever["service"]; organisation: Names | null; group: Group; used: KeyedCell };

function item({ service, organisation, group, used }: Named): Finding {
  return {
    id: "actor-item",
    values: {
      ...(organisation ? { organisation, known: "yes" } : { organisation: "", known: "no" }),
      ...{ service: { inside: service.name }, variable: group.variable, code: group.code },
    },
    cells: { share: numberOf(used) },
  };
}

function unmetItem({ service, group, used, needMet }: Omit<Named, "organisation"> & Pick<Reach, "needMet">): Finding {
  return {
    id: "actor-unmet-item",
    values: { service: { inside: service.name }, variable: group.variable, code: group.code },
    cells: { used: numberOf(used), ...(needMet ? { met: numberOf(needMet) } : {}) },
  };
}

/** How many a heading names: those furthest from all others; of unmet needs the first as declared. */
const NAMED = 3;
const UNMET_NAMED = 4;
