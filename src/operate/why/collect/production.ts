import { DescribeServicesCommand, type Service, type TaskSet } from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { weightsOf } from "../../../aws/traffic-weights";
import { readLoadBalancer } from "../../read/environment";
import type { Production } from "../evidence";
import type { Reader } from "./reader";

/** `arn:…:targetgroup/orders-blue/aaaa` is `orders-blue`. */
const groupName = (arn = "") => arn.split("/")[1] ?? arn;

export const targetGroupOf = ({ loadBalancers = [] }: TaskSet) => loadBalancers[0]?.targetGroupArn;

/** The ECS service; undefined if it does not exist. ECS describes a deleted one for a while. */
export async function readService(reader: Reader): Promise<Service | undefined> {
  const { cluster, service } = reader.delivery.names;
  const answer = await reader.try("ecs:DescribeServices", () =>
    reader.clients.environment.ecs.send(new DescribeServicesCommand({ cluster, services: [service] })),
  );
  return answer?.services?.find(({ status }) => status !== "INACTIVE");
}

/** The health of a target group's targets. */
export const readHealth = async (reader: Reader, TargetGroupArn: string) =>
  (
    await reader.try("elbv2:DescribeTargetHealth", () =>
      reader.clients.environment.elb.send(new DescribeTargetHealthCommand({ TargetGroupArn })),
    )
  )?.TargetHealthDescriptions ?? [];

/** Where production traffic goes now, and the health of what serves. */
export async function readProduction(
  reader: Reader,
  service: Service | undefined,
): Promise<Production | undefined> {
  const { blueTargetGroup, greenTargetGroup } = reader.delivery.names;
  const read = await reader.try("elbv2:DescribeRules", () =>
    readLoadBalancer(reader.clients.environment, reader.delivery.environment),
  );
  if (!read) return undefined;
  const { rules, targetGroups } = read;
  const arnOf = (name: string) => targetGroups.get(name) ?? "";
  const arns: [string, string] = [arnOf(blueTargetGroup), arnOf(greenTargetGroup)];
  const [blue, green] = weightsOf(rules, arns);
  const serving = blue >= green ? arns[0] : arns[1];
  const taskSets = service?.taskSets ?? [];
  return {
    weights: { [blueTargetGroup]: blue, [greenTargetGroup]: green },
    groups: Object.fromEntries(taskSets.map((set) => [set.id ?? "", groupName(targetGroupOf(set))])),
    taskSets,
    targets: serving === "" ? [] : await readHealth(reader, serving),
  };
}
