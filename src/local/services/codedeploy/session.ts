import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { DescribeServicesCommand, ECSClient, type Service } from "@aws-sdk/client-ecs";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { ClientClass, Place } from "../../../aws/embedded-clients";
import type { Recorded } from "../../../aws/recorded-calls";
import { placeOf } from "../../reconcile/documents";
import type { Embedded } from "../../reconcile/embedded";
import type { Deployment, DeploymentDocument } from "./model/document";
import {
  DeploymentEnds,
  failure,
  loadBalancerError,
  noPermission,
  serviceError,
  type Ending,
} from "./model/ending";

/** An error of an AWS API. */
interface ServiceError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** Whether a call was refused, so that it would be refused again. */
function isRefusal(error: unknown): error is ServiceError {
  const status = (error as ServiceError).$metadata?.httpStatusCode ?? 0;
  return status >= 400 && status < 500 && !/Throttl|Expired/.test((error as Error).name);
}

const isDenied = ({ name, $metadata }: ServiceError) =>
  /AccessDenied|Unauthorized/.test(name) || $metadata?.httpStatusCode === 403;

/** What a deployment works with: the clients of its group's service role. */
export class Session {
  public readonly place: Place;
  private readonly roleArn: string;
  private readonly cluster: string;
  private readonly service: string;

  constructor(
    public readonly embedded: Embedded,
    public readonly id: string,
    read: DeploymentDocument,
  ) {
    this.place = placeOf(read);
    ({ serviceRoleArn: this.roleArn, cluster: this.cluster, service: this.service } = read.document.group);
  }

  public say(text: string): void {
    this.embedded.say("codedeploy", `${this.id} ${text}`);
  }

  /** What each call about the service names. */
  public get named() {
    return { cluster: this.cluster, service: this.service };
  }

  /** @throws DeploymentEnds if the role may not, or ECS refuses. */
  public ecs<T>(call: (client: ECSClient) => Promise<T>): Promise<T> {
    return this.refusalsOf("AmazonECS", call(this.client(ECSClient)), (error) =>
      serviceError(`${detailed(error)}. Check your ECS service status.`),
    );
  }

  /** @throws DeploymentEnds if the role may not, or the load balancer refuses. */
  public elb<T>(call: (client: ElasticLoadBalancingV2Client) => Promise<T>): Promise<T> {
    return this.refusalsOf(
      "AmazonElasticLoadBalancingV2",
      call(this.client(ElasticLoadBalancingV2Client)),
      (error) => loadBalancerError(error.message),
    );
  }

  /** @throws DeploymentEnds if the role may not, or CloudWatch refuses. */
  public cloudWatch<T>(call: (client: CloudWatchClient) => Promise<T>): Promise<T> {
    return this.refusalsOf("AmazonCloudWatch", call(this.client(CloudWatchClient)), (error) =>
      failure("INTERNAL_ERROR", `The status of the alarms cannot be retrieved: ${error.message}`),
    );
  }

  /** The service as it is now, with its task sets. */
  public async describeService(): Promise<Service> {
    const { cluster, service } = this.named;
    const { services = [] } = await this.ecs((client) =>
      client.send(new DescribeServicesCommand({ cluster, services: [service] })),
    );
    const found = services.find(({ status }) => status !== "INACTIVE");
    if (!found)
      throw new DeploymentEnds(
        failure("INVALID_ECS_SERVICE", `The target ECS service ${cluster}:${service} does not exist.`),
      );
    return found;
  }

  private client<Client extends Recorded>(Class: ClientClass<Client>): Client {
    const role = { roleArn: this.roleArn, sessionName: "codedeploy" };
    return this.embedded.clients.asRole(Class, role, this.place.region);
  }

  private async refusalsOf<T>(
    service: string,
    answer: Promise<T>,
    ending: (error: ServiceError) => Ending,
  ): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      throw new DeploymentEnds(isDenied(error) ? noPermission(this.roleArn, service) : ending(error));
    }
  }
}

const detailed = ({ message, name, $metadata }: ServiceError) =>
  `${message} (Service: AmazonECS; Status Code: ${$metadata?.httpStatusCode ?? 400}; Error Code: ${name}; ` +
  `Request ID: ${$metadata?.requestId ?? ""}; Proxy: null)`;

/** The production and test listeners of a deployment, and the names of its target groups. */
export function routeOf({ info }: Deployment) {
  const [pair] = info.loadBalancerInfo?.targetGroupPairInfoList ?? [];
  return {
    groupNames: (pair?.targetGroups ?? []).flatMap(({ name }) => name ?? []),
    production: pair?.prodTrafficRoute?.listenerArns ?? [],
    test: pair?.testTrafficRoute?.listenerArns ?? [],
  };
}
