import type { Delivery } from "../../system/system";
import { commitLines } from "../approval/lines";
import type { Promoted } from "./promote";

/** What a person reads before a promotion. */
export function promotionLines(from: Delivery, to: Delivery, promoted: Promoted): string[] {
  const { changes, commit, digest, succeeded } = promoted;
  const source = from.environment.name;
  const proof = succeeded
    ? `deployment ${succeeded.deploymentId ?? ""} succeeded in ${source} at ${succeeded.completeTime?.toISOString() ?? "an unknown time"}`
    : `no release of this image has succeeded in ${source}`;
  return [
    `${to.service.name} from ${source} to ${to.environment.name}`,
    `image ${digest}`,
    proof,
    ...(commit ? [`commit ${[commit.id, commit.message ?? ""].join(" ").trim()}`] : []),
    ...commitLines(changes),
  ];
}
