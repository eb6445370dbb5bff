import { Construct } from "constructs";
import { RunningService, type RunningServiceProps } from "./running-service";
import { ServiceRelease } from "./service-release";

/** One service in one environment: what the shared stack delivers to. */
export class EnvironmentService extends Construct {
  public readonly running: RunningService;
  public readonly containerRepositoryUrl: string;
  public readonly pushRoleArn: string;
  public readonly deployRoleArn: string;
  public readonly applicationName: string;
  public readonly deploymentGroupName: string;

  constructor(scope: Construct, id: string, props: RunningServiceProps) {
    super(scope, id);

    const running = new RunningService(this, "running", props);
    const release = new ServiceRelease(this, "release", { ...props, running });

    this.running = running;
    this.containerRepositoryUrl = running.containerRepository.url;
    this.pushRoleArn = release.pushRoleArn;
    this.deployRoleArn = release.deployRoleArn;
    this.applicationName = release.applicationName;
    this.deploymentGroupName = release.deploymentGroupName;
  }
}
