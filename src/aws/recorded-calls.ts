/** One call of AWS's API under a role of the system. */
export interface Call {
  /** ISO 8601. */
  readonly time: string;
  readonly roleArn: string;
  /** An IAM action, such as `codebuild:StartBuild`. */
  readonly action: string;
  /** What it was about, if the call names it: a bucket and key, a project, a cluster, a name. */
  readonly resource?: string;
  /** AWS's name of the error if it failed. */
  readonly error?: string;
}

type Handler = (args: { input: object }) => Promise<unknown>;

/** An SDK client. */
export interface Recorded {
  readonly config: { readonly serviceId?: string };
  readonly middlewareStack: {
    add(
      middleware: (next: Handler, context: { commandName?: string }) => Handler,
      options: { step: "initialize"; name: string },
    ): void;
  };
}

/** IAM's prefix of an action, where it is not the service's id in lower case without spaces. */
const PREFIXES: Readonly<Record<string, string>> = {
  "CloudWatch Logs": "logs",
  "Elastic Load Balancing v2": "elasticloadbalancing",
  EventBridge: "events",
};

const prefixOf = (serviceId: string) => PREFIXES[serviceId] ?? serviceId.toLowerCase().replaceAll(" ", "");

/** Parameters that name what a call is about, in the order in which they are looked for. */
const NAMES = [
  "Bucket",
  "projectName",
  "applicationName",
  "deploymentId",
  "taskDefinition",
  "family",
  "cluster",
  "logGroupName",
  "SecretId",
  "repositoryName",
  "RuleArn",
  "ListenerArn",
  "TargetGroupArn",
];

function resourceOf(input: object): string | undefined {
  const values = input as Readonly<Record<string, unknown>>;
  const name = NAMES.find((one) => typeof values[one] === "string");
  if (name === undefined) return undefined;
  const value = String(values[name]);
  return name === "Bucket" && typeof values.Key === "string" ? `${value}/${values.Key}` : value;
}

/** Tells of every call that a client makes. */
export function recordCalls(client: Recorded, roleArn: string, onCall: (call: Call) => void): void {
  const prefix = prefixOf(client.config.serviceId ?? "");
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const call = {
          time: new Date().toISOString(),
          roleArn,
          action: `${prefix}:${commandName.replace(/Command$/, "")}`,
          resource: resourceOf(args.input),
        };
        try {
          const result = await next(args);
          onCall(call);
          return result;
        } catch (error) {
          onCall({ ...call, error: (error as Error).name });
          throw error;
        }
      },
    { step: "initialize", name: "codeseriesRecordCalls" },
  );
}
