import {
  BatchGetBuildsCommand,
  CodeBuildClient,
  CreateProjectCommand,
  StartBuildCommand,
  type Build,
  type CreateProjectCommandInput,
  type StartBuildCommandInput,
} from "@aws-sdk/client-codebuild";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { stringify } from "yaml";
import { runControllers, type Controller } from "../../src/local/reconcile/controller";
import { REGION, type EmbeddedAws } from "./embedded-aws";
import { until } from "./until";

export const BUCKET = "artifacts";

/** Projects and builds of one account, in an embedded AWS. */
export class CodeBuildAccount {
  public readonly role: string;
  private abort = new AbortController();
  private loops: Promise<void> = Promise.resolve();

  constructor(
    private readonly aws: EmbeddedAws,
    public readonly account: string,
  ) {
    this.role = `arn:aws:iam::${account}:role/build`;
  }

  public client<Client extends object>(Class: Parameters<typeof this.aws.client<Client>>[0]): Client {
    return this.aws.client(Class, this.account);
  }

  public async bucket(): Promise<void> {
    const input = { Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } } as const;
    await this.client(S3Client).send(new CreateBucketCommand(input));
  }

  /** Begins to run controllers. */
  public begin(...controllers: Controller[]): void {
    this.abort = new AbortController();
    const { changes, say } = this.aws.embedded;
    this.loops = runControllers(controllers, changes, say, this.abort.signal);
  }

  public async end(): Promise<void> {
    this.abort.abort();
    // A watch ends with the next change.
    await this.client(CodeBuildClient)
      .send(new CreateProjectCommand(projectOf(this.role, `end-${Date.now()}`, {}, {})))
      .catch(() => undefined);
    await this.loops;
  }

  /** Makes a project with a buildspec and without a source. */
  public async project(
    name: string,
    buildspec: object,
    settings: Partial<CreateProjectCommandInput> = {},
  ): Promise<void> {
    const client = this.client(CodeBuildClient);
    await client.send(new CreateProjectCommand(projectOf(this.role, name, buildspec, settings)));
  }

  public async start(input: StartBuildCommandInput): Promise<string> {
    const { build } = await this.client(CodeBuildClient).send(new StartBuildCommand(input));
    return build?.id ?? "";
  }

  public async read(id: string): Promise<Build> {
    const command = new BatchGetBuildsCommand({ ids: [id] });
    const { builds: [build] = [] } = await this.client(CodeBuildClient).send(command);
    if (!build) throw new Error(`no build ${id}`);
    return build;
  }

  /** Waits until a build is in a phase; without one, until it is complete. */
  public async until(id: string, phase = "COMPLETED"): Promise<Build> {
    return until(
      async () => {
        const build = await this.read(id);
        return (build.currentPhase === phase || build.buildComplete === true) && build;
      },
      () => `${id} is not ${phase}`,
    );
  }

  /** Starts a build, and waits until it is complete. */
  public async run(input: StartBuildCommandInput): Promise<Build> {
    return this.until(await this.start(input));
  }

  /** The lines of a build in CloudWatch Logs, once there is one with a text. */
  public async log({ logs }: Build, awaited: string): Promise<string> {
    let text = "";
    const place = { logGroupName: logs?.groupName, logStreamName: logs?.streamName };
    return until(
      async () => {
        const { events = [] } = await this.client(CloudWatchLogsClient)
          .send(new GetLogEventsCommand({ ...place, startFromHead: true }))
          .catch(() => ({ events: [] }));
        text = events.map(({ message = "" }) => message).join("");
        return text.includes(awaited) && text;
      },
      () => `the log has no ${awaited}: ${text}`,
    );
  }
}

const projectOf = (
  serviceRole: string,
  name: string,
  buildspec: object,
  settings: Partial<CreateProjectCommandInput>,
): CreateProjectCommandInput => ({
  name,
  serviceRole,
  source: { type: "NO_SOURCE", buildspec: stringify({ version: 0.2, ...buildspec }) },
  artifacts: { type: "NO_ARTIFACTS" },
  environment: {
    type: "LINUX_CONTAINER",
    computeType: "BUILD_GENERAL1_SMALL",
    image: "aws/codebuild/standard:7.0",
  },
  ...settings,
});

/** The status of each phase, as `PHASE status`. */
export const phasesOf = ({ phases = [] }: Build) =>
  phases.map(({ phaseStatus = "", phaseType = "" }) => `${phaseType} ${phaseStatus}`.trim());

export const commands = (...list: string[]) => ({ commands: list });
