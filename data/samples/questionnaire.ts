import type { BackgroundColumn, Codebook, Column, ItemColumn } from "../contracts/codebook.ts";
import { type ItemModel, type SolvedItem, solveItems } from "./item-answers.ts";
import type { Levels } from "./latent-levels.ts";
import type { Random } from "./random.ts";
import type { Component } from "./rounded-mixture.ts";
import { drawService, type ServiceAnswers, type ServiceOdds, writeService } from "./service-answers.ts";
import { drawSkill, type SkillOdds } from "./skill-answers.ts";
import { missingCode, type Unanswered, writeBackground, writeItem, writeRow } from "./written-answers.ts";

/** One who answers: what the file says of them as it stands, and what moves their answers. */
export type Respondent = {
  weight: number;
  /** Codes of backgrounds by id. */
  codes: Readonly<Record<string, string>>;
  /** Texts of the columns that name the design and who handed the row over. */
  design?: Partial<Record<"stratum" | "psu" | "contributor", string>>;
  levels: Levels;
  serviceOdds: (service: string) => ServiceOdds;
  skillOdds?: (skill: string) => SkillOdds;
  /** Items that do not concern this respondent. */
  notAsked?: ReadonlySet<string>;
};

/** What is asked, and how often it is left unanswered. */
export type Questionnaire = {
  codebook: Codebook;
  items: ReadonlyMap<string, SolvedItem>;
  unanswered: Unanswered & { stops: number };
  services: Unanswered;
  /** How many call their gender other than the register does. */
  otherGender: number;
  /** What stands in columns that nobody uses. */
  ignored: (random: Random) => string;
};

/** One respondent's row, as the codebook writes it. */
export function answerAll(asked: Questionnaire, respondent: Respondent, random: Random): string[] {
  const { codebook, items, unanswered, services } = asked;
  const { weight, design, levels, notAsked } = respondent;
  let service: ServiceAnswers;
  return writeRow(codebook, unanswered.stops, random, (column) => {
    switch (column.use) {
      case "weight":
        return weight.toFixed(4).replace(".", codebook.file.decimal);
      case "stratum":
      case "psu":
      case "contributor":
        return design?.[column.use] ?? "";
      case "background":
        return backgroundAnswer(column, respondent, asked.otherGender, random);
      case "item": {
        const text = writeItem(items.get(column.id)!, levels, random, unanswered);
        return notAsked?.has(column.id) ? missingCode(column.missing!, "not_applicable") : text;
      }
      case "service":
        if (column.question === "used") service = drawService(respondent.serviceOdds(column.service), services, random);
        return writeService(column, service, codebook, { dontKnow: services.dontKnow, random });
      case "skill":
        return drawSkill(column, respondent.skillOdds!(column.id), services, random);
      case "ignore":
        return asked.ignored(random);
      default:
        throw new RangeError(`No answer for ${column.column}`);
    }
  });
}

/** A few leave a background blank, never their municipality; some say another gender than the register does. */
function backgroundAnswer(
  column: BackgroundColumn,
  { codes }: Respondent,
  otherGender: number,
  random: Random,
): string {
  const blank = random.chance(column.id === "area" ? 0 : 0.004);
  const other = column.id === "gender" && random.chance(otherGender);
  const text = writeBackground(column, other ? "x" : codes[column.id]!, random);
  return blank ? "" : text;
}

/** Every item of a codebook, solved on a population, by its id. */
export function solvedItemsOf(
  { columns, scales }: Codebook,
  world: { models: Record<string, ItemModel>; noise: number; levelsOf: (d: number) => Component[] },
): Map<string, SolvedItem> {
  const isItem = (column: Column): column is ItemColumn => column.use === "item";
  return new Map(solveItems(columns.filter(isItem), scales!, world).map((item) => [item.column.id, item]));
}
