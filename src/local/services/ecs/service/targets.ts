import {
  DeregisterTargetsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetHealthDescription,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Embedded } from "../../../reconcile/embedded";
import { placeOf } from "../../../reconcile/documents";
import type { Service, TaskSetDocument } from "../document";

export interface TargetGroup {
  readonly arn: string;
  readonly port: number;
}

/** The target groups of a task set, each with the port of its targets. */
export const targetGroupsOf = ({ loadBalancers }: TaskSetDocument): TargetGroup[] =>
  loadBalancers.flatMap(({ targetGroupArn, containerPort }) =>
    targetGroupArn !== undefined && containerPort !== undefined
      ? [{ arn: targetGroupArn, port: containerPort }]
      : [],
  );

/** AWS's default of `deregistration_delay.timeout_seconds`. */
const DEFAULT_DELAY = 300;

/** The targets of a service's tasks. */
export class Targets {
  constructor(
    private readonly embedded: Embedded,
    private readonly service: Service,
  ) {}

  private get client(): ElasticLoadBalancingV2Client {
    return this.embedded.clients.asService(ElasticLoadBalancingV2Client, placeOf(this.service));
  }

  public async register({ arn, port }: TargetGroup, address: string): Promise<void> {
    const Targets = [{ Id: address, Port: port }];
    await this.client.send(new RegisterTargetsCommand({ TargetGroupArn: arn, Targets }));
  }

  /** @param port Undefined: the one that the target is registered with. */
  public async deregister(arn: string, address: string, port: number | undefined): Promise<void> {
    const Targets = [{ Id: address, ...(port === undefined ? {} : { Port: port }) }];
    await this.client.send(new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets }));
  }

  public async health(arn: string): Promise<TargetHealthDescription[]> {
    const answer = await this.client.send(new DescribeTargetHealthCommand({ TargetGroupArn: arn }));
    return answer.TargetHealthDescriptions ?? [];
  }

  /** Seconds in which a target that is deregistered still answers what it has begun. */
  public async delay(arn: string): Promise<number> {
    const command = new DescribeTargetGroupAttributesCommand({ TargetGroupArn: arn });
    const { Attributes = [] } = await this.client.send(command);
    const value = Attributes.find(({ Key }) => Key === "deregistration_delay.timeout_seconds")?.Value;
    return Number(value ?? DEFAULT_DELAY);
  }
}
