import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Classification } from "../../data/contracts/classification.ts";
import { LifeEvent } from "../../data/contracts/life-event.ts";
import { CODEBOOKS } from "./read-extract.ts";

const folder = new URL("../../data/life-events/", import.meta.url);
const json = (url: URL): unknown => JSON.parse(readFileSync(url, "utf8"));
const events = readdirSync(folder).map((name) => ({ name, event: LifeEvent.parse(json(new URL(name, folder))) }));

describe("the catalogue of life events", () => {
  it("names each file by its id, and says of each what it stands on or what it needs", () => {
    for (const { name, event } of events) {
      expect(name).toBe(`${event.id}.json`);
      expect(event.sources.length > 0 || (event.needs ?? []).length > 0, event.id).toBe(true);
    }
  });
  it.each(events.filter(({ event }) => event.sources.length > 0))(
    "$name: its sources are codebooks of this folder, its variables and services those that its surveys ask",
    ({ event }) => {
      for (const { codebook, role } of event.sources) {
        const books = Object.values(CODEBOOKS).filter(({ id }) => id === codebook);
        expect([codebook, books.length > 0]).toEqual([codebook, true]);
        for (const { columns, kind } of books) {
          expect(kind === "survey").toBe(role === "survey");
          const backgrounds = columns.flatMap((column) => (column.use === "background" ? [column.id] : []));
          if (kind !== "survey") {
            // What is counted by skill is no background of people.
            const ofPeople = backgrounds.filter((id) => role !== "skills" || id !== "skill");
            expect(event.variables).toEqual(expect.arrayContaining(ofPeople));
            continue;
          }
          expect([...backgrounds].sort()).toEqual([...event.variables].sort());
          const services = new Set(columns.flatMap((column) => (column.use === "service" ? [column.service] : [])));
          expect([...services]).toEqual(event.services.map((service) => service.id));
        }
      }
    },
  );
});

describe("municipality-2025", () => {
  const { codes } = Classification.parse(
    json(new URL("../../data/classifications/municipality-2025.json", import.meta.url)),
  );
  it("has the 308 municipalities of 2025 with three-character codes and trimmed names", () => {
    expect(codes.length).toBe(308);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(308);
    for (const { code, name } of codes) {
      expect(code).toMatch(/^\d{3}$/);
      for (const text of Object.values(name)) expect(text).toBe(text.trim());
    }
  });
  it("knows Vaasa in Swedish and Alajärvi's padded code", () => {
    expect(codes.find(({ code }) => code === "905")?.name.sv).toBe("Vasa");
    expect(codes.find(({ code }) => code === "005")?.name.fi).toBe("Alajärvi");
  });
});

describe("wellbeing-services-county-2025", () => {
  const { codes } = Classification.parse(
    json(new URL("../../data/classifications/wellbeing-services-county-2025.json", import.meta.url)),
  );
  const { codes: toCounties } = json(
    new URL("../../data/places/municipality-to-county-2025.json", import.meta.url),
  ) as { codes: { from: string; to: string }[] };
  it("has the 21 counties, Helsinki and Åland with two-character codes and trimmed names", () => {
    const counties = Array.from({ length: 21 }, (_, index) => String(index + 1).padStart(2, "0"));
    expect(codes.map(({ code }) => code)).toEqual([...counties, "90", "91"]);
    for (const { name } of codes) for (const text of Object.values(name)) expect(text).toBe(text.trim());
  });
  it("knows Pirkanmaa in Swedish, and every code that municipalities belong to", () => {
    expect(codes.find(({ code }) => code === "08")?.name.sv).toBe("Birkalands välfärdsområde");
    expect([...new Set(toCounties.map(({ to }) => to))].sort()).toEqual(codes.map(({ code }) => code));
  });
});
