import type { ServiceVerdict } from "../../data/contracts/release.ts";
import { type Finding, isValue, numberOf, versus } from "./finding.ts";
import type { Group, KeyedCell, View } from "./view.ts";

/** A service in one group, or among everyone: who used it, whose need was met, how it was. */
export type ServiceInGroup = {
  group: Group | null;
  used: KeyedCell | null;
  needMet: KeyedCell | null;
  experience: KeyedCell | null;
  verdict: ServiceVerdict["verdict"] | null;
};
type Service = View["cells"]["release"]["lifeEvent"]["services"][number];
export type ServiceView = { service: Service; everyone: ServiceInGroup; groups: ServiceInGroup[] };

/** The life event's services by the groups that lead the picture; those of which nothing is published are left out. */
export function servicesOf(view: View): ServiceView[] {
  return declaredServices(view).filter(({ everyone: { used, needMet, experience } }) => used || needMet || experience);
}

/** Every service that the life event declares, in its order. */
export function declaredServices(view: View): ServiceView[] {
  const groups = view.grouping?.groups ?? [];
  return view.cells.release.lifeEvent.services.map((service) => ({
    service,
    everyone: serviceIn(view, service, null),
    groups: groups.map((group) => serviceIn(view, service, group)),
  }));
}

function serviceIn(view: View, service: Service, group: Group | null): ServiceInGroup {
  const { release } = view.cells;
  const at = group ? { wave: view.wave, [group.variable]: group.code } : { wave: view.wave };
  const find = (question: string, statistic: "percent" | "mean") =>
    view.cells.find(`service.${service.id}.${question}`, statistic, at);
  const verdict = release.services?.find(
    (one) =>
      one.wave === view.wave &&
      one.service === service.id &&
      one.variable === group?.variable &&
      one.code === group.code,
  );
  return {
    group,
    used: find("used", "percent"),
    needMet: find("need-met", "percent"),
    experience: find("experience", "mean"),
    verdict: verdict?.verdict ?? null,
  };
}

/** For which groups a service meets the need clearly more, or less, often than for all others. */
export function servicesSaid(view: View): Finding | null {
  const rows = servicesOf(view);
  if (rows.length === 0) return null;
  const settled = (verdict: "works" | "fails") =>
    rows.flatMap(({ service, groups }) =>
      groups.flatMap(({ group, needMet, verdict: own }) =>
        own === verdict && group && isValue(needMet) ? [{ service, group, needMet }] : [],
      ),
    );
  const [fails, works] = [settled("fails"), settled("works")];
  const first = fails.length > 0 ? fails : works;
  if (first.length === 0) return { id: "services-none", values: {}, cells: {} };
  const gap = ({ needMet }: (typeof first)[number]) => Math.abs(versus(needMet, "others")?.difference ?? 0);
  const named = new Set([...first].sort((one, other) => gap(other) - gap(one)).slice(0, NAMED));
  return {
    id: first === fails ? "services-fail" : "services-work",
    values: { more: first.length > NAMED ? "yes" : "no" },
    cells: {},
    list: first
      .filter((one) => named.has(one))
      .map(({ service, group, needMet }) => ({
        id: "service-item",
        values: { service: { inside: service.name }, variable: group.variable, code: group.code },
        cells: { share: numberOf(needMet) },
      })),
  };
}

/** How many a heading names: those furthest from all others. */
const NAMED = 3;
