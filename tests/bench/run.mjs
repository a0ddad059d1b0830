import { cellsBench } from "./cells.mjs";
import { certificateBench } from "./certificate.mjs";
import { driversBench } from "./drivers.mjs";
import { exploreBench } from "./explore.mjs";
import { ingestBench } from "./ingest.mjs";
import { kMeansBench } from "./k-means.mjs";
import { pageBench } from "./page.mjs";
import { protectBench } from "./protect.mjs";
import { slowPageBench } from "./slow-page.mjs";

/**
 * `npm run bench`: what things cost, each as a ratio to a peer or beside its budget in this same run. It prints tables
 * and judges nothing: times never gate a change.
 */
const benches = {
  ingest: ingestBench,
  "k-means": kMeansBench,
  certificate: certificateBench,
  cells: cellsBench,
  protect: protectBench,
  drivers: driversBench,
  page: pageBench,
  "slow-page": slowPageBench,
  explore: exploreBench,
};
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { title, rows } = await bench();
  console.log(`\n${title}`);
  console.table(rows);
}
