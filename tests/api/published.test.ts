import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleHome, serveHome } from "../home.ts";

let home: string;
let url: string;
let stop: () => Promise<void>;
let lifeEvent: string;
let release: string;

beforeAll(async () => {
  home = await sampleHome();
  ({ url, stop } = await serveHome(home));
  const pointers: Record<string, { release: string }> = await (await fetch(`${url}/api/published`)).json();
  [lifeEvent, { release }] = Object.entries(pointers)[0] as [string, { release: string }];
});
afterAll(() => stop?.());

describe("/api/published", () => {
  test("gives the pointer files as they are, and is never kept", async () => {
    const answer = await fetch(`${url}/api/published`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const pointer = JSON.parse(readFileSync(join(home, "published", "current", `${lifeEvent}.json`), "utf8"));
    expect((await answer.json())[lifeEvent]).toEqual(pointer);
  });

  test.each([
    ["release.json", "application/json; charset=utf-8"],
    ["cells.csv", "text/csv; charset=utf-8"],
    ["cells.arrow", "application/vnd.apache.arrow.stream"],
  ])("%s is the file's bytes, of its type, for ever", async (name, type) => {
    const answer = await fetch(`${url}/api/published/${release}/${name}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(join(home, "published", release, name)))).toBe(
      true,
    );
  });

  test.each([
    "SHA256SUMS",
    "..%2fhome.json",
    "%2e%2e%2f%2e%2e%2fhome.json",
    "release.json%00",
    "constructor",
    "release.JSON",
    "../../home.json",
  ])("planted: %s is not served", async (name) => {
    const answer = await fetch(`${url}/api/published/${release}/${name}`);
    expect(answer.status).toBe(404);
  });

  test.each([
    "current",
    "..",
    "%2e%2e",
    "x.000000000000",
    "X.0123456789ab",
    `${"a".repeat(300)}.0123456789ab`,
    "vault%2freleases",
  ])("planted: there is no release %s", async (id) => {
    expect((await fetch(`${url}/api/published/${id}/release.json`)).status).toBe(404);
  });
});

describe("the server", () => {
  test("says that it lives and that it is ready", async () => {
    for (const path of ["/api/livez", "/api/readyz"]) {
      const answer = await fetch(url + path);
      expect([path, answer.status, await answer.json()]).toEqual([path, 200, { ok: true }]);
    }
  });

  test("sends its headers with everything, and a new nonce with each page", async () => {
    for (const path of [
      "/",
      `/pictures/${lifeEvent}`,
      "/api/livez",
      `/api/published/${release}/cells.csv`,
      "/nothing",
    ]) {
      const { headers } = await fetch(url + path);
      expect(headers.get("x-content-type-options"), path).toBe("nosniff");
      expect(headers.get("strict-transport-security"), path).toContain("max-age=31536000");
      expect(headers.get("x-powered-by"), path).toBeNull();
    }
    const nonces = await Promise.all(
      [1, 2, 3].map(
        async () => /'nonce-([0-9a-f]+)'/.exec((await fetch(url)).headers.get("content-security-policy") ?? "")?.[1],
      ),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  test("speaks the language of the address, whatever the browser would like", async () => {
    for (const [path, language] of [
      ["/", "fi"],
      ["/sv", "sv"],
      ["/en", "en"],
    ]) {
      const answer = await fetch(url + path, { headers: { "accept-language": "de, en;q=0.9" }, redirect: "manual" });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(await answer.text()).toContain(`<html lang="${language}"`);
    }
  });
});
