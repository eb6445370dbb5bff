import { getBorderCharacters, table } from "table";
import type { Step } from "./evidence";

const seconds = (value?: number) => (value === undefined ? "" : `${value.toFixed(1)} s`);

const roleName = (arn?: string) => arn?.split("/").at(-1) ?? "";

/** The steps as a table. */
export function stepsTable(steps: readonly Step[]): string {
  const rows = [
    ["step", "role", "status", "time"],
    ...steps.map(({ name, role, seconds: time, status }) => [name, roleName(role), status, seconds(time)]),
  ];
  const lines = { drawHorizontalLine: (line: number, count: number) => line <= 1 || line === count };
  return table(rows, { ...lines, border: getBorderCharacters("norc") }).trimEnd();
}

/** What AWS says about failures, as an engineer finds it there. */
export const detailLines = (steps: readonly Step[], stopped: readonly string[]) => [
  ...steps.flatMap(({ detail, name }) => (detail ? [`${name.trim()}: ${detail}`] : [])),
  ...stopped.map((reason) => `stopped task: ${reason}`),
];

/** The calls that each role made, in the order of their first. */
export function callLines(calls: readonly { readonly roleArn: string; readonly action: string }[]): string[] {
  const roles = new Map<string, Set<string>>();
  for (const { action, roleArn } of calls) {
    const actions = roles.get(roleArn) ?? new Set<string>();
    roles.set(roleArn, actions.add(action));
  }
  return [...roles].map(([role, actions]) => `${roleName(role)}: ${[...actions].join(", ")}`);
}
