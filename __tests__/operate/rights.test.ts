import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PromotionRole } from "../../src/constructs/deployment/promotion-role";
import { deploymentRights } from "../../src/constructs/operation/deployment-rights";
import { pipelineRights } from "../../src/constructs/operation/pipeline-rights";
import { policies, synth } from "../support/synth";

const OPERATE = join(__dirname, "..", "..", "src", "operate");

/** IAM's prefix of a service, by the SDK's package. */
const PREFIXES: Readonly<Record<string, string>> = {
  "application-auto-scaling": "application-autoscaling",
  "cloudwatch-logs": "logs",
  "elastic-load-balancing-v2": "elasticloadbalancing",
};

/** The IAM actions that a file calls: its commands and its paginators. */
function actionsOf(source: string): string[] {
  const imports = source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g);
  return [...imports].flatMap(([, names = "", service = ""]) =>
    names.split(",").flatMap((name) => {
      const [, called] = /^\s*(?:paginate(\w+)|(\w+)Command)\s*$/.exec(name)?.filter(Boolean) ?? [];
      return called === undefined ? [] : [`${PREFIXES[service] ?? service}:${called}`];
    }),
  );
}

const actionsIn = (...folders: readonly string[]) => {
  const files = folders.flatMap((folder) =>
    readdirSync(join(OPERATE, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(OPERATE, folder, file)),
  );
  return [...new Set(files.flatMap((file) => actionsOf(readFileSync(file, "utf8"))))].sort();
};

const arn = "arn";
const pipeline = {
  pipelineArn: arn,
  approvalArn: arn,
  projectArn: arn,
  logGroupArn: arn,
  repositoryArn: arn,
};
const deployment = {
  applicationArn: arn,
  deploymentGroupArn: arn,
  deploymentConfigArn: arn,
  serviceArn: arn,
  containerRepositoryArn: arn,
  logGroupArn: arn,
  taskDefinitionArn: arn,
  taskRoleArns: [arn],
};
const cluster = {
  accountId: "123456789012",
  region: "eu-west-1",
  clusterName: "main",
  eventLogGroupArn: arn,
  promotionRoleArn: arn,
};

const allowedTo = (rights: "read" | "operate") =>
  new Set(
    [...pipelineRights([pipeline], rights), ...deploymentRights([deployment], cluster, rights)].flatMap(
      ({ actions }) => actions,
    ),
  );

/** What the role may do that operators assume to copy images. */
const promotion = policies(
  synth(
    (scope) =>
      new PromotionRole(scope, "role", {
        name: "role",
        accountId: "123456789012",
        containerRepositoryArns: [arn],
      }),
  ),
);
const copying = new Set(
  Object.values(promotion)
    .flat()
    .flatMap(({ actions }) => actions),
);

describe("the policies for people", () => {
  it("let readers make every call of status, wait and why", () => {
    const called = actionsIn("read", "status", "follow", "why");
    expect(called).toContain("codepipeline:ListPipelineExecutions");
    expect(called).toContain("elasticloadbalancing:DescribeRules");
    expect(called.filter((action) => !allowedTo("read").has(action))).toEqual([]);
  });

  it("let operators make every call", () => {
    const called = actionsIn(".");
    for (const action of [
      "codedeploy:CreateDeployment",
      "codepipeline:PutApprovalResult",
      "ecs:RegisterTaskDefinition",
    ])
      expect(called).toContain(action);
    const allowed = allowedTo("operate");
    expect(called.filter((action) => !allowed.has(action) && !copying.has(action))).toEqual([]);
  });

  it("let operators write images as the promotion role only, which calls for nothing else", () => {
    const called = actionsIn("promote");
    expect([...copying].filter((action) => !called.includes(action) && action !== "sts:AssumeRole")).toEqual(
      [],
    );
    expect(
      [...allowedTo("operate")].filter((action) => /^ecr:(Put|Initiate|Upload|Complete)/.test(action)),
    ).toEqual([]);
    expect(allowedTo("operate")).toContain("sts:AssumeRole");
  });

  it("let readers change nothing", () => {
    const changing = [...allowedTo("read")].filter(
      (action) => !/:(Describe|Get|List|BatchGet|Filter)/.test(action),
    );
    expect(changing).toEqual([]);
  });
});
