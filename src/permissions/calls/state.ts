import { bucketArn } from "../../system/arns";
import { stateArn } from "../../system/state";
import type { System } from "../../system/system";
import { administratorOf } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy } from "./call";

/** Terraform keeps its state, with the role that the shared account gives it. */
export function stateCalls(system: System): RequiredCall[] {
  const { shared, stateBucket } = system;
  const terraform = callsBy(administratorOf(shared.id), shared.id);
  const assumed = { assumeAllowed: "identity" } as const;
  return [
    terraform("find the state", ["s3:ListBucket"], bucketArn(stateBucket), assumed),
    terraform(
      "read, write and lock the state",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      stateArn(system, "shared"),
      assumed,
    ),
  ];
}
