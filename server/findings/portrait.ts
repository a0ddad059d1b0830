import { differenceParts, everyNth, type Finding, isValue, limitsOf, numberOf, versus } from "./finding.ts";
import { namesOf } from "./names-of.ts";
import { type DriversOfGroup, driversOfGroup } from "./portrait-drivers.ts";
import { type BackgroundRow, backgroundsOf, type QuestionRow, questionsOf, type Sides } from "./portrait-rows.ts";
import { type SegmentSaid, segmentSaid } from "./segment-certificate.ts";
import { type ServiceView, servicesOf } from "./services.ts";
import { type DimensionView, type Group, type GroupingId, type KeyedCell, meanOf, shareOf, type View } from "./view.ts";

/** One dimension of a group beside everyone's. */
export type StandingRow = { dimension: DimensionView; cell: KeyedCell | null; everyone: KeyedCell | null };

/** A group of a picture on a page of its own: who, how many, how they are, what helps, what fails. */
export type Portrait = {
  group: Group;
  /** Its neighbours in the order of its grouping. */
  previous: Group | null;
  next: Group | null;
  said: {
    who: Finding;
    people: Finding | null;
    standing: Finding;
    questions: Finding;
    background: Finding;
    drivers: Finding[];
    services: Finding[];
    share: Finding | null;
    changes: Finding | null;
  };
  certificate: SegmentSaid | null;
  /** In the order of the dimensions: settled above everyone, settled below, not settled, and those without a number. */
  standing: Sides<StandingRow> & { unsettled: StandingRow[]; silent: StandingRow[] };
  questions: Sides<QuestionRow> & { more: number };
  backgrounds: Sides<BackgroundRow> & { more: number };
  drivers: DriversOfGroup;
  /** In the order of the life event: works, fails, not settled, and those that cannot be told. */
  services: Record<"works" | "fails" | "unsettled" | "silent", ServiceOfGroup[]>;
};

/** A service in one group beside everyone. */
export type ServiceOfGroup = { service: ServiceView["service"]; own: ServiceCells; everyone: ServiceCells };
type ServiceCells = ServiceView["everyone"];

/** The group of a shown grouping by its code; null where the picture shows no such group. */
export function groupAsked(view: View, variable: GroupingId, code: string): Group | null {
  const shown = [view.grouping, ...view.beside].find((one) => one?.variable === variable);
  return shown?.groups.find((one) => one.code === code) ?? null;
}

export function portraitOf(view: View, group: Group): Portrait {
  const groups = view.groupings.find(({ variable }) => variable === group.variable)?.groups ?? [];
  const standing = standingOf(view, group);
  const questions = questionsOf(view, group);
  const backgrounds = backgroundsOf(view, group);
  const drivers = driversOfGroup(view, group, standing);
  const services = servicesIn(view, group);
  return {
    group,
    previous: groups[group.place - 1] ?? null,
    next: groups[group.place + 1] ?? null,
    said: {
      who: whoSaid(view, group),
      people: peopleSaid(view, group),
      standing: standingSaid(standing),
      questions: { id: isEmpty(questions) ? "portrait-questions-none" : "portrait-questions", values: {}, cells: {} },
      background: backgroundSaid(view, group, backgrounds),
      drivers: drivers.said,
      services: servicesSaid(services),
      share: shareSaid(view, group),
      changes: changesSaid(view, group),
    },
    certificate: segmentSaid(view, group),
    standing,
    questions,
    backgrounds,
    drivers,
    services,
  };
}

/** "Every fourth (24 %, 21–27 %) is in this group"; where the share is no number, that it is not shown. */
function whoSaid(view: View, group: Group): Finding {
  const share = shareOf(view, group);
  const values = { variable: group.variable, nth: everyNth(share) };
  if (!isValue(share)) return { id: "portrait-who-hidden", values: { variable: group.variable }, cells: {} };
  return { id: "portrait-who", values, cells: { share: numberOf(share), interval: limitsOf(share) } };
}

/** About how many people, by the register, and what is taken to be alike; else that it cannot be told. */
function peopleSaid(view: View, group: Group): Finding | null {
  const { cells, wave } = view;
  const cell = cells.find("persons", "people", { wave, [group.variable]: group.code });
  const described = cells.release.people?.find((one) => one.wave === wave && one.variable === group.variable);
  if (!described) return null;
  if (!isValue(cell)) return { id: "portrait-people-none", values: {}, cells: {} };
  const names = namesOf(view);
  return {
    id: "portrait-people",
    values: {},
    cells: { people: numberOf(cell), interval: limitsOf(cell) },
    list: described.by.map((id) => ({ id: "name-item", values: { name: names.inside(id) }, cells: {} })),
  };
}

function standingOf(view: View, group: Group): Portrait["standing"] {
  const rows = view.dimensions.map((dimension) => ({
    dimension,
    cell: meanOf(view, dimension, group),
    everyone: meanOf(view, dimension),
  }));
  const side = ({ cell }: StandingRow) => {
    const against = versus(cell, "everyone");
    if (!isValue(cell)) return "silent";
    if (!against?.settled || against.difference === 0) return "unsettled";
    return against.difference > 0 ? "above" : "below";
  };
  const on = (wanted: ReturnType<typeof side>) => rows.filter((row) => side(row) === wanted);
  return { above: on("above"), below: on("below"), unsettled: on("unsettled"), silent: on("silent") };
}

function standingSaid({ above, below }: Portrait["standing"]): Finding {
  const sides = above.length > 0 ? (below.length > 0 ? "both" : "above") : below.length > 0 ? "below" : "none";
  return { id: "portrait-standing", values: { sides, above: above.length, below: below.length }, cells: {} };
}

/** The backgrounds of which a larger share than of everyone is in the group; else those of which a smaller one is. */
function backgroundSaid(view: View, { variable }: Group, rows: Sides<BackgroundRow>): Finding {
  const [id, said] =
    rows.above.length > 0
      ? (["portrait-background-over", rows.above] as const)
      : (["portrait-background-under", rows.below] as const);
  if (said.length === 0) return { id: "portrait-background-none", values: {}, cells: {} };
  const names = namesOf(view);
  const everyone = said[0]?.everyone;
  const known = everyone?.figure.kind === "value";
  return {
    id,
    values: { variable, known: known ? "yes" : "no" },
    cells: known ? { everyone: numberOf(everyone) } : {},
    list: said.map((row) => ({
      id: "portrait-background-item",
      values: { name: names.code(row.variable, row.code), variable: names.inside(row.variable) },
      cells: { share: numberOf(row.cell) },
    })),
  };
}

/** A view of one group alone gives its services beside everyone's. */
function servicesIn(view: View, group: Group): Portrait["services"] {
  const rows = servicesOf({ ...view, grouping: { variable: group.variable, groups: [group] } }).flatMap(
    ({ service, everyone, groups: [own] }): ServiceOfGroup[] => (own ? [{ service, own, everyone }] : []),
  );
  const side = ({ own: { verdict, needMet } }: ServiceOfGroup) => {
    if (!isValue(needMet)) return "silent";
    return verdict === "works" || verdict === "fails" ? verdict : "unsettled";
  };
  const on = (wanted: keyof Portrait["services"]) => rows.filter((row) => side(row) === wanted);
  return { works: on("works"), fails: on("fails"), unsettled: on("unsettled"), silent: on("silent") };
}

/** What helps before what fails; that nothing is settled where neither is. Nothing where no service is published. */
function servicesSaid({ works, fails, unsettled, silent }: Portrait["services"]): Finding[] {
  if (works.length + fails.length + unsettled.length + silent.length === 0) return [];
  const sides = [
    { id: "portrait-services-work", rows: works },
    { id: "portrait-services-fail", rows: fails },
  ] as const;
  const said = sides.flatMap(({ id, rows }): Finding[] =>
    rows.length > 0 ? [{ id, values: {}, cells: {}, list: rows.map(serviceItem) }] : [],
  );
  return said.length > 0 ? said : [{ id: "portrait-services-none", values: {}, cells: {} }];
}

function serviceItem({ service, own }: ServiceOfGroup): Finding {
  const cells: Finding["cells"] = own.needMet ? { share: numberOf(own.needMet) } : {};
  return { id: "portrait-service-item", values: { service: { inside: service.name } }, cells };
}

/** Whether the group's share has changed since the wave before, by the stored comparison. */
function shareSaid(view: View, group: Group): Finding | null {
  if (!view.previousWave) return null;
  const share = shareOf(view, group);
  const change = versus(share, "previous-wave");
  if (!share || !change) return { id: "change-incomparable", values: {}, cells: {} };
  return {
    id: "portrait-share-change",
    values: { settled: change.settled ? "yes" : "no" },
    cells: differenceParts(share, "previous-wave"),
  };
}

/** The settled changes of the group's own means since the wave before; that none is, where some are compared. */
function changesSaid(view: View, group: Group): Finding | null {
  const compared = view.dimensions.flatMap((dimension) => {
    const cell = meanOf(view, dimension, group);
    const change = versus(cell, "previous-wave");
    return cell && change ? [{ dimension, cell, settled: change.settled }] : [];
  });
  if (compared.length === 0) return null;
  const list = compared.flatMap(({ dimension, cell, settled }): Finding[] =>
    settled
      ? [
          {
            id: "change-item",
            values: { dimension: { low: dimension.id } },
            cells: differenceParts(cell, "previous-wave"),
          },
        ]
      : [],
  );
  if (list.length === 0) return { id: "portrait-unchanged", values: {}, cells: {} };
  return { id: "portrait-changed", values: {}, cells: {}, list };
}

function isEmpty({ above, below }: Sides<unknown>): boolean {
  return above.length + below.length === 0;
}
