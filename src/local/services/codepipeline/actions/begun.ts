import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  ListDeploymentsCommand,
} from "@aws-sdk/client-codedeploy";
import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import type { Note } from "../execution";
import { sameImages } from "./deploy-files";
import type { Action } from "./provider";

/**
 * What an action had begun when the controllers ended, before they could note the result. These calls look for it;
 * AWS does not make them, so the service makes them, not a role.
 */
const service = ({ embedded, place }: Action) => ({
  ecs: embedded.clients.asService(ECSClient, place),
  codedeploy: embedded.clients.asService(CodeDeployClient, place),
});

/** So many deployments can be asked for at once. */
const BATCH = 25;

/** A page has at most 100. */
async function revisions(action: Action, family: string): Promise<string[]> {
  const command = new ListTaskDefinitionsCommand({ familyPrefix: family, sort: "DESC", maxResults: 100 });
  const { taskDefinitionArns = [] } = await service(action).ecs.send(command);
  return taskDefinitionArns.filter((arn) => arn.split("/").at(-1)?.split(":")[0] === family);
}

const numberOf = (arn: string) => Number(arn.split(":").at(-1));

/** The number of the newest active revision of a family; 0 if it has none. */
export const newestRevision = async (action: Action, family: string) =>
  Math.max(0, ...(await revisions(action, family)).map(numberOf));

/** The ARN of the revision that was registered before a restart. */
export async function registeredRevision(
  action: Action,
  { family, after }: NonNullable<Note["registering"]>,
  wanted: RegisterTaskDefinitionCommandInput,
): Promise<string | undefined> {
  for (const taskDefinition of await revisions(action, family)) {
    if (numberOf(taskDefinition) <= after) continue;
    const found = await service(action).ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
    if (sameImages(found.taskDefinition ?? {}, wanted)) return taskDefinition;
  }
  return undefined;
}

/** The id of the deployment that was created before a restart, by the SHA-256 of its AppSpec file. */
export async function createdDeployment(
  action: Action,
  group: { readonly applicationName: string; readonly deploymentGroupName: string },
  hash: string,
): Promise<string | undefined> {
  const { codedeploy } = service(action);
  const { deployments = [] } = await codedeploy.send(new ListDeploymentsCommand(group));
  for (let first = 0; first < deployments.length; first += BATCH) {
    const deploymentIds = deployments.slice(first, first + BATCH);
    const { deploymentsInfo = [] } = await codedeploy.send(new BatchGetDeploymentsCommand({ deploymentIds }));
    const found = deploymentsInfo.find(({ revision }) => revision?.appSpecContent?.sha256 === hash);
    if (found) return found.deploymentId;
  }
  return undefined;
}
