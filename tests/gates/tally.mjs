/**
 * Counts of what Vitest and Playwright report: `{passed, failed, skipped}`, each a list of names. A skip is forgiven
 * only where its title says that it needs ../shared; any other is a failure with that reason.
 */
const FORGIVEN = "needs ../shared";

/** Of Vitest's JSON report. */
export function tallyVitest(report, root) {
  const tally = { passed: [], failed: [], skipped: [] };
  for (const file of report.testResults) {
    const path = relative(file.name, root);
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")) {
      tally.failed.push({ name: path, why: file.message });
    }
    for (const test of file.assertionResults) {
      const name = `${path} > ${[...test.ancestorTitles, test.title].join(" > ")}`;
      if (test.status === "passed") tally.passed.push({ name });
      else if (test.status === "failed") tally.failed.push({ name, why: test.failureMessages.join("\n") });
      else addSkip(tally, name);
    }
  }
  if (!report.success && tally.failed.length === 0) {
    tally.failed.push({ name: "vitest", why: "Vitest is not content, and no test of its says why." });
  }
  return tally;
}

/** Of Playwright's JSON report. */
export function tallyPlaywright(report) {
  const tally = { passed: [], failed: [], skipped: [] };
  const visit = (suite, titles) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const name = [...titles, spec.title].join(" > ");
        const why = test.results.flatMap((result) => result.errors ?? []).map((error) => error.message ?? "");
        if (test.status === "expected") tally.passed.push({ name });
        else if (test.status === "skipped") addSkip(tally, name);
        else tally.failed.push({ name, why: why.join("\n") || test.status });
      }
    }
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  for (const error of report.errors ?? [])
    tally.failed.push({ name: "playwright", why: error.message ?? String(error) });
  if (tally.passed.length + tally.failed.length === 0)
    tally.failed.push({ name: "playwright", why: "No test was run." });
  return tally;
}

/** The last line of `npm test`. */
export function lastLine(tally) {
  const skipped = tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : "";
  return `${tally.passed.length} passed, ${tally.failed.length} failed${skipped}`;
}

function addSkip(tally, name) {
  if (name.includes(FORGIVEN)) tally.skipped.push({ name });
  else tally.failed.push({ name, why: `Skipped, and its title does not say "${FORGIVEN}".` });
}

const relative = (file, root) => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file);
