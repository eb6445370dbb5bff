import { getBorderCharacters, table } from "table";
import type { Step } from "./evidence";
import type { Outcome } from "./judge";
import type { Rehearsed } from "./rehearse";

const seconds = (value?: number) => (value === undefined ? "" : `${value.toFixed(1)} s`);

const roleName = (arn?: string) => arn?.split("/").at(-1) ?? "";

/** The steps as a table. */
export function stepsTable(steps: readonly Step[]): string {
  const rows = [
    ["step", "role", "status", "time"],
    ...steps.map(({ category, name, role, seconds: time, status }) => [
      category === undefined ? `  ${name}` : name,
      roleName(role),
      status,
      seconds(time),
    ]),
  ];
  const lines = { drawHorizontalLine: (line: number, count: number) => line <= 1 || line === count };
  return table(rows, { ...lines, border: getBorderCharacters("norc") }).trimEnd();
}

/** What AWS says about failures, as an engineer finds it there. */
export const detailLines = (steps: readonly Step[], stopped: readonly string[]) => [
  ...steps.flatMap(({ detail, name }) => (detail ? [`${name}: ${detail}`] : [])),
  ...stopped.map((reason) => `stopped task: ${reason}`),
];

/** The actions that each role called, in the order of their first calls. */
function actionsByRole(calls: Rehearsed["calls"]): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = new Map<string, Set<string>>();
  for (const { action, roleArn } of calls) {
    const actions = roles.get(roleArn) ?? new Set<string>();
    roles.set(roleArn, actions.add(action));
  }
  return roles;
}

/** A rehearsal as a text and as data. @param faults What is not as it should be. */
export function reportOf(outcome: Outcome & Rehearsed, faults: readonly string[]) {
  const { allowedFailures, calls, changedStacks, kind, load, steps, stopped } = outcome;
  const ok = faults.length === 0;
  const details = detailLines(steps, stopped);
  const roles = actionsByRole(calls);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ["", title, ...lines.map((line) => `  ${line}`)];
  const text = [
    stepsTable(steps),
    ...section("What AWS says:", details),
    ...section(
      "What each role called:",
      [...roles].map(([role, actions]) => `${roleName(role)}: ${[...actions].join(", ")}`),
    ),
    "",
    `requests: ${load.sent}, of which ${load.failed} failed; ${allowedFailures} may fail`,
    `plans: ${changedStacks.length === 0 ? "all empty" : `changes in ${changedStacks.join(", ")}`}`,
    ok ? `✓ ${kind}: ended as it should` : `✗ ${kind}: did not end as it should`,
    ...faults.map((fault) => `  ${fault}`),
  ].join("\n");
  const data = {
    kind,
    ok,
    faults,
    steps,
    stoppedTasks: stopped,
    calls: Object.fromEntries([...roles].map(([role, actions]) => [role, [...actions]])),
    load: { ...load, allowed: allowedFailures },
    changedStacks,
  };
  return { text, data };
}
