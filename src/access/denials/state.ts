import { bucketArn } from "../../naming/arns";
import { administratorOf, STRANGE_ACCOUNT } from "../parties";
import type { Denial } from "../request";

/** Who must not get at the state, whatever its own account allows. */
export function stateDenials(bucketName: string, shared: string): Denial[] {
  const bucket = bucketArn(bucketName);
  const reach = { owner: shared, granted: "identity" as const };
  const object = {
    ...reach,
    actions: ["s3:GetObject", "s3:PutObject"],
    resource: `${bucket}/codeseries/shared.tfstate`,
  };
  const list = { ...reach, actions: ["s3:ListBucket"], resource: bucket };
  const clear = {
    principal: administratorOf(shared),
    context: { "aws:SecureTransport": "false" },
    reason: "state would travel in the clear",
  };
  const strange = {
    principal: administratorOf(STRANGE_ACCOUNT),
    reason: "a stranger would read, or change, the state",
  };
  return [clear, strange].flatMap((who) => [object, list].map((what) => ({ ...what, ...who })));
}
