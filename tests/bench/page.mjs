import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { BROWSER_FLAGS, findBrowser } from "../browser.mjs";
import { prepareHome, serve } from "../prepared-home.mjs";

const LOADS = 7;
const BUDGET_KB = 150;

/** The picture page in a real browser: transferred JavaScript, first contentful paint, and the server's own time. */
export async function pageBench() {
  const { url, stop } = await serve(await prepareHome());
  const browser = await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_FLAGS });
  try {
    const [lifeEvent] = Object.keys(await (await fetch(`${url}/api/published`)).json());
    const pages = {
      "situation centre": "/",
      picture: `/pictures/${lifeEvent}`,
      "method card": `/pictures/${lifeEvent}/method`,
    };
    const rows = [];
    for (const [what, path] of Object.entries(pages)) rows.push({ what, ...(await measure(browser, url, path)) });
    return {
      title: `Pages, ${LOADS} loads each, loopback, unthrottled (medians; JavaScript gzip, budget ${BUDGET_KB} kB)`,
      rows,
    };
  } finally {
    await browser.close();
    await stop();
  }
}

async function measure(browser, url, path) {
  const [paints, serverTimes] = [[], []];
  let javascript = 0;
  let wasm = 0;
  let html = 0;
  for (let load = 0; load < LOADS; load++) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const scripts = [];
    page.on("response", (response) => {
      if (/\.wasm/.test(response.url())) wasm++;
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });
    await page.goto(url + path, { waitUntil: "networkidle" });
    const bodies = await Promise.all(scripts);
    javascript = bodies.reduce((total, body) => total + gzipSync(body).length, 0);
    paints.push(
      await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN),
    );
    const start = performance.now();
    const text = await (await fetch(url + path)).text();
    serverTimes.push(performance.now() - start);
    html = gzipSync(text).length;
    await context.close();
  }
  const kb = (bytes) => (bytes / 1000).toFixed(1);
  return {
    "JavaScript kB": kb(javascript),
    "of budget": (javascript / 1000 / BUDGET_KB).toFixed(2),
    "wasm files": wasm,
    "HTML kB": kb(html),
    "first contentful paint ms": median(paints).toFixed(0),
    "server, whole page ms": median(serverTimes).toFixed(0),
  };
}

function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)];
}
