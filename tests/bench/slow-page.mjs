import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "../browser.mjs";
import { prepareHome, serve } from "../prepared-home.mjs";

const LOADS = 5;
const SLOWER = 4;
/** Milliseconds that a hand holds what it presses. Released at once, as no hand does, a press waits for its own frame. */
const HELD = 80;
/** 9 Mbit/s each way and 170 ms there and back: a phone's 4G. */
const FOUR_G = { offline: false, latency: 170, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 };
const BUDGET = { "largest paint ms": 1500, "blocked ms": 100, shift: 0.02, "JavaScript kB": 150, "interaction ms": 50 };

/** Every picture on a phone with a processor of a quarter of the speed: how soon it is seen, how still it stands, how fast it answers. */
export async function slowPageBench() {
  const { url, stop } = await serve(await prepareHome());
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
  try {
    const lifeEvents = Object.keys(await (await fetch(`${url}/api/published`)).json());
    const rows = [];
    for (const path of ["/", ...lifeEvents.map((id) => `/pictures/${id}`)]) {
      const loads = [];
      for (let load = 0; load < LOADS; load++) loads.push(await measure(browser, url + path));
      rows.push({ page: path, ...inBudget(loads) });
    }
    const limits = Object.fromEntries(Object.entries(BUDGET).map(([what, most]) => [what, `≤ ${most}`]));
    return {
      title: `Pages on 4G with a processor ${SLOWER} times slower, 390 px wide, ${LOADS} loads each (medians; interactions: the slowest)`,
      rows: [{ page: "budget", ...limits }, ...rows],
    };
  } finally {
    await browser.close();
    await stop();
  }
}

function inBudget(loads) {
  return Object.fromEntries(
    Object.keys(BUDGET).map((what) => {
      const all = loads.map((load) => load[what]).sort((left, right) => left - right);
      const told = what === "interaction ms" ? all.at(-1) : all[Math.floor(all.length / 2)];
      return [what, `${told.toFixed(what === "shift" ? 3 : 0)} (${(told / BUDGET[what]).toFixed(2)})`];
    }),
  );
}

async function measure(browser, address) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send("Network.enable");
  await devtools.send("Network.emulateNetworkConditions", FOUR_G);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const scripts = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: "networkidle" });
  const loaded = await page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const { largest, shift, tasks } = window.watched;
    return { largest, shift, blocked: tasks.map(({ from, to }) => to - Math.max(from + 50, paint.startTime)) };
  });
  await page.waitForFunction(() => !document.querySelector(".picture .picture-section:not(.laid)"));
  await interact(page);
  const slowest = await page.evaluate(() => Math.max(0, ...window.watched.interactions));
  const javascript = (await Promise.all(scripts)).reduce((total, body) => total + gzipSync(body).length, 0);
  await context.close();
  return {
    "largest paint ms": loaded.largest,
    "blocked ms": loaded.blocked.reduce((total, part) => total + Math.max(0, part), 0),
    shift: loaded.shift,
    "JavaScript kB": javascript / 1000,
    "interaction ms": slowest,
  };
}

/** Everything that a hand can change on a picture, a few times. */
async function interact(page) {
  for (const selector of [
    "a.group-card",
    "details.twin > summary",
    ".fingerprint-group > summary, .profile > summary",
  ]) {
    const found = page.locator(selector);
    for (let place = 0; place < Math.min(3, await found.count()); place++) {
      const one = found.nth(place);
      if (!(await one.isVisible())) continue;
      await one.scrollIntoViewIfNeeded();
      await one.click({ delay: HELD });
      await page.waitForTimeout(150);
    }
  }
  const card = page.locator("a.group-card").first();
  if ((await card.count()) > 0) {
    await card.focus();
    for (const key of ["ArrowRight", "ArrowRight", "Escape"]) {
      await page.keyboard.press(key, { delay: HELD });
      await page.waitForTimeout(150);
    }
  }
}

/** Runs in the page before anything of it. */
function watch() {
  window.watched = { largest: 0, tasks: [], shift: 0, interactions: [] };
  const observe = (type, note, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true, ...more });
  observe("largest-contentful-paint", (entry) => {
    window.watched.largest = entry.startTime;
  });
  observe("longtask", (entry) => {
    window.watched.tasks.push({ from: entry.startTime, to: entry.startTime + entry.duration });
  });
  observe("layout-shift", (entry) => {
    if (!entry.hadRecentInput) window.watched.shift += entry.value;
  });
  observe("event", (entry) => entry.interactionId && window.watched.interactions.push(entry.duration), {
    durationThreshold: 16,
  });
}
