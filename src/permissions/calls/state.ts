import { bucketArn } from "../../system/arns";
import { stateArn } from "../../system/state";
import type { System } from "../../system/system";
import { administratorOf } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy } from "./call";

/** Terraform keeps its state, with the role that the shared account gives it. */
export function stateCalls(system: System): RequiredCall[] {
  const { shared, stateBucket } = system;
  const terraform = callsBy(administratorOf(shared.id), { owner: shared.id, assumeAllowed: "identity" });
  const state = stateArn(system, "shared");
  return [
    terraform("find the state", "s3:ListBucket", bucketArn(stateBucket)),
    terraform("read, write and lock the state", "s3:GetObject PutObject DeleteObject", state),
  ];
}
