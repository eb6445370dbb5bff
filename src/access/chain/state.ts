import { bucketArn } from "../../naming/arns";
import { administratorOf } from "../parties";
import type { Hop } from "../request";

/** Terraform keeps its state, as whoever the shared account lets deploy. */
export function stateHops(bucketName: string, shared: string): Hop[] {
  const bucket = bucketArn(bucketName);
  const terraform = { principal: administratorOf(shared), owner: shared, granted: "identity" as const };
  return [
    { ...terraform, purpose: "find the state", actions: ["s3:ListBucket"], resource: bucket },
    {
      ...terraform,
      purpose: "read, write and lock the state",
      actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      resource: `${bucket}/codeseries/shared.tfstate`,
    },
  ];
}
