import { bucketArn } from "../../naming/arns";
import { administratorOf, STRANGE_ACCOUNT } from "../parties";
import type { Denial } from "../request";
import { bucketInTheClear } from "./without-tls";

/** Who must not get at the state, whatever its own account allows. */
export function stateDenials(bucketName: string, shared: string): Denial[] {
  const bucket = bucketArn(bucketName);
  const stranger = {
    principal: administratorOf(STRANGE_ACCOUNT),
    owner: shared,
    reason: "a stranger would read, or change, the state",
    granted: "identity" as const,
  };
  return [
    ...bucketInTheClear(bucket, shared, "state would travel in the clear"),
    {
      ...stranger,
      actions: ["s3:GetObject", "s3:PutObject"],
      resource: `${bucket}/codeseries/shared.tfstate`,
    },
    { ...stranger, actions: ["s3:ListBucket"], resource: bucket },
  ];
}
