import { CodeCommitClient, CreateRepositoryCommand } from "@aws-sdk/client-codecommit";
import { CreateClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import type { System } from "../../../src/system/system";
import { createListeners, type Listeners } from "../blue-green/load-balancer";
import type { EmbeddedAws } from "../embedded-aws";
import { createPipeline, createRelease } from "./release";
import { createService } from "./service";

/** The commit that every service runs. */
export const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/**
 * Makes every delivery of a system in an empty embedded AWS, with as many API calls as a reader of its status needs:
 * each has been released once, its tasks are healthy, and its pipeline has succeeded.
 */
export async function deliver(aws: EmbeddedAws, system: System): Promise<void> {
  const { deliveries, environments, services, shared } = system;
  const listeners = new Map<string, Listeners>();
  const makeRole = (account: string) =>
    aws
      .client(IAMClient, account)
      .send(new CreateRoleCommand({ RoleName: "services", AssumeRolePolicyDocument: trust("codepipeline") }));
  await makeRole(shared.id);
  for (const { account, name, names } of environments) {
    await makeRole(account.id);
    await aws.client(ECSClient, account.id).send(new CreateClusterCommand({ clusterName: names.cluster }));
    listeners.set(name, await createListeners(aws, account.id, names.loadBalancer));
  }
  const codecommit = aws.client(CodeCommitClient, shared.id);
  for (const { names } of services)
    await codecommit.send(new CreateRepositoryCommand({ repositoryName: names.repository }));
  for (const delivery of deliveries) {
    const found = listeners.get(delivery.environment.name);
    if (!found) throw new Error(delivery.environment.name);
    const taskDefinition = await createService(aws, delivery, found);
    await createRelease(aws, delivery, { listener: found.production, taskDefinition });
    await createPipeline(aws, delivery);
  }
  await settle(aws);
}

const trust = (service: string) =>
  JSON.stringify({
    Statement: [
      { Effect: "Allow", Principal: { Service: `${service}.amazonaws.com` }, Action: "sts:AssumeRole" },
    ],
  });

interface Written {
  readonly taskSets: readonly object[];
  readonly info: object;
  readonly refs: object;
}

/** What only services of AWS write: everything has ended well. */
async function settle({ embedded: { documents } }: EmbeddedAws): Promise<void> {
  const change = async (kind: string, changed: (document: Written) => object) => {
    for (const one of await documents.list<Written>(kind))
      await documents.write<object>(kind, one, { ...one.document, ...changed(one.document) });
  };
  const now = Date.now() / 1000;
  await change("ecs-service", ({ taskSets }) => ({
    taskSets: taskSets.map((one) => ({ ...one, runningCount: 1, stabilityStatus: "STEADY_STATE" })),
  }));
  await change("elbv2-target-health", () => ({ state: "healthy" }));
  await change("codedeploy-deployment", ({ info }) => ({
    info: { ...info, status: "Succeeded", startTime: now, completeTime: now },
  }));
  await change("codepipeline", () => ({
    status: "Succeeded",
    sourceRevisions: [{ actionName: "Source", revisionId: COMMIT, revisionSummary: "A commit" }],
  }));
  const author = { name: "Jo", email: "jo@example.com", date: "1700000000 +0100" };
  await change("codecommit", () => ({
    commits: [{ commitId: COMMIT, message: "A commit\n", author, committer: author, parents: [] }],
  }));
}
