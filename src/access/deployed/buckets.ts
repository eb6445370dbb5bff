import { GetBucketPolicyCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import type { Guarded } from "../evidence/documents";
import { parsePolicy } from "../evidence/policy-json";
import { ifPresent, type Clients } from "./clients";

export async function readBucket(
  { s3 }: Clients,
  account: string,
  name: string,
): Promise<Guarded | undefined> {
  if (!(await ifPresent(s3.send(new HeadBucketCommand({ Bucket: name }))))) return undefined;
  const found = await ifPresent(s3.send(new GetBucketPolicyCommand({ Bucket: name })));
  const arn = `arn:aws:s3:::${name}`;
  return {
    arn,
    account,
    policy: found?.Policy === undefined ? null : parsePolicy(found.Policy, `policy of ${arn}`),
  };
}
