import { accountOf, isRole } from "../arn";
import type { Lane } from "../sections";

/** The part of an ARN that tells it from others of its kind: no partition, service, region or account. */
export function shortName(arn: string): string {
  if (!arn.startsWith("arn:")) return arn;
  const [, , , , , ...rest] = arn.split(":");
  return rest.join(":").replace(/^role\/(service-role\/)?/, "");
}

/** The lane of a principal: the account of a role, or of what a service acts on. */
export function laneOf(lanes: readonly Lane[], principal: string, owner: string): Lane | undefined {
  const account = isRole(principal) ? accountOf(principal) : owner;
  return lanes.find((lane) => lane.account === account);
}
