import { bucketArn } from "../../system/arns";
import { stateKey } from "../../system/state";
import { administratorOf } from "../parties";
import type { RequiredCall } from "../request";
import { callsBy } from "./call";

/** Terraform keeps its state, with the role that the shared account gives it. */
export function stateCalls(bucketName: string, sharedId: string): RequiredCall[] {
  const bucket = bucketArn(bucketName);
  const terraform = callsBy(administratorOf(sharedId), sharedId);
  const assumed = { assumeAllowed: "identity" } as const;
  return [
    terraform("find the state", ["s3:ListBucket"], bucket, assumed),
    terraform(
      "read, write and lock the state",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      `${bucket}/${stateKey("shared")}`,
      assumed,
    ),
  ];
}
