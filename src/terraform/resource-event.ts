/** What Terraform says of one resource while it applies. */
export interface ResourceEvent {
  readonly address: string;
  readonly phase: "begun" | "ended";
}

const EVENT =
  /^(?<address>(?:data\.)?\w+\.[\w-]+)(?: \([^)]*\))?: (?:(?<begun>Creating|Modifying|Destroying)\.\.\.|(?:Creation|Modifications|Destruction) complete after)/;

/** Reads a line of `terraform apply`, with or without the path that cdktf puts behind the address. */
export function readResourceEvent(line: string): ResourceEvent | undefined {
  const groups = EVENT.exec(line)?.groups;
  if (groups?.address === undefined) return undefined;
  return { address: groups.address, phase: groups.begun === undefined ? "ended" : "begun" };
}

/** How many resources a plan will touch: `Plan: 57 to add, 0 to change, 0 to destroy.` */
export function readPlanned(line: string): number | undefined {
  const counts = /^Plan: (?:\d+ to import, )?(\d+) to add, (\d+) to change, (\d+) to destroy/.exec(line);
  return counts ? counts.slice(1).reduce((sum, count) => sum + Number(count), 0) : undefined;
}

/** How a stack's apply ended: `Apply complete! Resources: 57 added, …`, or that there was nothing to do. */
export function readResult(line: string): string | undefined {
  if (line.startsWith("No changes. ")) return "no changes";
  return /^Apply complete! Resources: (.*?)\.?$/.exec(line)?.[1];
}
