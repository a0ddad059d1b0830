import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "../browser.mjs";
import { prepareHome, serve } from "../prepared-home.mjs";

const LOADS = 5;
const CHOICES = 60;

/**
 * Linked charts and print, at full speed of the processor: the first chart on the screen and the browser's own engine ready, the first
 * time (cold) and then (warm); from a choice to all charts drawn, style and layout included; a picture as a tagged PDF.
 */
export async function exploreBench() {
  const { url, stop } = await serve(await prepareHome());
  const rows = [];
  try {
    const pointers = await (await fetch(`${url}/api/published`)).json();
    for (const [lifeEvent, { release }] of Object.entries(pointers)) {
      const { cells } = await (await fetch(`${url}/api/published/${release}/release.json`)).json();
      rows.push({ picture: lifeEvent, cells: cells.length, ...(await measure(url, `/pictures/${lifeEvent}`)) });
    }
  } finally {
    await stop();
  }
  const budget = {
    "cold: first chart ms": "≤ 1500",
    "cold: engine ms": "",
    "warm: first chart ms": "≤ 500",
    "warm: engine ms": "",
    "choice p50 ms": "",
    "choice p95 ms": "≤ 16",
    "PDF ms": "≤ 5000",
  };
  return {
    title: `Linked charts (${LOADS - 1} warm loads, medians; ${CHOICES} choices) and a picture as PDF`,
    rows: [{ picture: "budget", cells: "20 000", ...budget }, ...rows],
  };
}

async function measure(url, path) {
  const profile = mkdtempSync(join(tmpdir(), "bench-explore-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await findBrowser(),
    args: BROWSER_FLAGS,
    viewport: { width: 1440, height: 900 },
  });
  try {
    const loads = [];
    let choices = [];
    for (let load = 0; load < LOADS; load++) {
      const page = await context.newPage();
      await page.addInitScript(watch);
      await page.goto(`${url}${path}/explore`);
      loads.push(await page.evaluate(() => window.loaded));
      if (load === LOADS - 1) choices = (await page.evaluate(choose, CHOICES)).sort((left, right) => left - right);
      await page.close();
    }
    const [cold, ...warm] = loads;
    return {
      "cold: first chart ms": Math.round(cold.painted),
      "cold: engine ms": Math.round(cold.ready),
      "warm: first chart ms": Math.round(middle(warm.map(({ painted }) => painted))),
      "warm: engine ms": Math.round(middle(warm.map(({ ready }) => ready))),
      "choice p50 ms": Number(middle(choices).toFixed(1)),
      "choice p95 ms": Number(choices[Math.floor(choices.length * 0.95)]?.toFixed(1)),
      "PDF ms": Math.round(await pdf(context, url + path)),
    };
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const middle = (values) => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];

async function pdf(context, address) {
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(address, { waitUntil: "load" });
  await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true, printBackground: true });
  const took = performance.now() - started;
  await page.close();
  return took;
}

/** Runs in the page before anything of it. */
function watch() {
  window.loaded = new Promise((done) => {
    const look = () => {
      if (document.querySelector(".explore")?.dataset.engine !== "ready") return setTimeout(look, 4);
      const [painted] = performance.getEntriesByName("first-contentful-paint");
      done({ painted: painted.startTime, ready: performance.now() });
    };
    look();
  });
}

/** Chooses a row of some chart again and again; milliseconds until the answer and all charts stand, each time that they changed. */
async function choose(choices) {
  const rows = [...document.querySelectorAll(".explore-row input")].filter(
    ({ name }) => !["dimension", "wave"].includes(name),
  );
  const [answer, charts] = [document.querySelector(".explore-answer"), document.querySelector(".explore-charts")];
  const times = [];
  for (let turn = 0; turn < choices; turn++) {
    const row = rows[(turn * 7) % rows.length];
    if (row.checked) continue;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60)));
    const started = performance.now();
    const changed = new Promise((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        done(true);
      });
      observer.observe(answer, { childList: true, subtree: true, characterData: true, attributes: true });
      setTimeout(done, 1000, false);
    });
    row.click();
    if (!(await changed)) continue;
    charts.getBoundingClientRect();
    times.push(performance.now() - started);
  }
  return times;
}
