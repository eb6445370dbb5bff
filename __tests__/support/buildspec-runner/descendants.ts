import { readdirSync, readFileSync } from "node:fs";

/** The processes that a process has started, and those that they have. */
export function descendantsOf(id: number): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((other) => parentOf(other) === id);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Undefined if the process has ended. */
function parentOf(id: number): number | undefined {
  try {
    const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, "utf8")) ?? [];
    return Number(parent);
  } catch {
    return undefined;
  }
}
