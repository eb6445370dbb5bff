import { DescribeRepositoriesCommand, GetRepositoryPolicyCommand } from "@aws-sdk/client-ecr";
import type { Guarded } from "../evidence/documents";
import { parsePolicy } from "../evidence/policy-json";
import { ifPresent, type Clients } from "./clients";

export async function readRepository(
  { ecr }: Clients,
  account: string,
  name: string,
): Promise<Guarded | undefined> {
  const found = await ifPresent(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] })));
  const arn = found?.repositories?.[0]?.repositoryArn;
  if (arn === undefined) return undefined;
  const guarded = await ifPresent(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: name })));
  const text = guarded?.policyText;
  return { arn, account, policy: text === undefined ? null : parsePolicy(text, `policy of ${arn}`) };
}
