/**
 * Adds up jest's reports into one line, `N passed, N failed`: `count-tests.mjs <failed steps> <report>...`.
 * A report that is missing, or a step that failed without a test, counts as a failure. Exits 1 on any.
 */
import { existsSync, readFileSync } from "node:fs";

const [failedSteps, ...files] = process.argv.slice(2);
const reports = files.map((file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { numPassedTests: 0, numFailedTests: 1 },
);
const sum = (key) => reports.reduce((total, report) => total + (report[key] ?? 0), 0);

const passed = sum("numPassedTests");
const broken = reports.reduce(
  (total, { numRuntimeErrorTestSuites = 0 }) => total + numRuntimeErrorTestSuites,
  0,
);
const skipped = sum("numPendingTests") + sum("numTodoTests");
const failed = Math.max(sum("numFailedTests") + broken, Number(failedSteps));
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 ? 1 : 0;
