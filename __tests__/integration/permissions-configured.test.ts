import { policiesOfStacks, provePermissions, type Policies } from "../../src/permissions";
import { systemOf } from "../../src/system/system";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { edit, shippedYaml } from "../support/faults";
import { changed } from "../support/proof";
import { configOf, synthApp } from "../support/synth-app";

const oneAccount = readFileSync(join(__dirname, "..", "fixtures", "one-account.yaml"), "utf8");
const S3_READ = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";

/** The policies of a configuration, and its proof, perhaps of changed policies. */
function system(yaml: string) {
  const config = configOf(yaml);
  const policies = policiesOfStacks(synthApp(config));
  const prove = (given: Policies = policies) => provePermissions(systemOf(config), given);
  return { policies, prove };
}

type Statement = { actions: string[]; resources: string[]; conditions?: object };

const task = (...policies: (Statement | string)[]) =>
  system(
    edit(shippedYaml, ["port: 10012", `port: 10012\n    task: { policies: ${JSON.stringify(policies)} }`]),
  );
const inOneAccount = (section: "build" | "task", ...policies: (Statement | string)[]) =>
  system(
    edit(oneAccount, ["port: 8080", `port: 8080\n    ${section}: { policies: ${JSON.stringify(policies)} }`]),
  );

const readData = { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::data/*"] };
const TASK_ROLE = "arn:aws:iam::558846431111:role/bys-dev-iam-awssdk-iam-ecs-task-role";

describe("the policies of the configuration", () => {
  it("are named with their wildcards, and are no excess", async () => {
    const { configured, failures, proven } = await task(readData, S3_READ).prove();
    expect(failures).toEqual([]);
    expect(proven).toBe(true);
    expect(configured).toEqual([
      `Statement1 in policy "configured" of ${TASK_ROLE}, Resource arn:aws:s3:::data/*`,
      `${S3_READ} of ${TASK_ROLE}, which was not read`,
    ]);
  });

  it("make no statement of codeseries excess that allows the same", async () => {
    const yaml = edit(shippedYaml, [
      "port: 10012",
      'port: 10012\n    task: { xray: true, policies: [{ actions: ["xray:*"], resources: ["*"] }] }',
    ]);
    expect((await system(yaml).prove()).failures).toEqual([]);
  });

  it("are excess in any other form than the configuration's", async () => {
    const { policies, prove } = task(readData);
    const { failures } = await prove(changed(policies, "arn:aws:s3:::data/*", "arn:aws:s3:::*"));
    expect(failures.flatMap(({ because }) => because)).toContainEqual(
      expect.stringMatching(
        /^the whole statement of Statement1 in policy "configured" of .*no required call/,
      ),
    );
  });

  it("are refused with a managed policy that the configuration does not have", async () => {
    const { policies, prove } = task(S3_READ);
    await expect(
      prove(changed(policies, S3_READ, "arn:aws:iam::aws:policy/AdministratorAccess")),
    ).rejects.toThrow(
      `${TASK_ROLE} has arn:aws:iam::aws:policy/AdministratorAccess attached, which is not in the configuration: detach it`,
    );
  });

  it("are judged by guards when their documents were read from AWS", async () => {
    const { policies, prove } = task(S3_READ);
    const document = {
      Version: "2012-10-17" as const,
      Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*" }],
    };
    const roles = policies.roles.map(({ unread, ...role }) =>
      unread ? { ...role, identity: [...role.identity, { name: S3_READ, document }] } : role,
    );
    const { configured, failures } = await prove({ ...policies, roles });
    expect(configured).toEqual([
      `statement 1 in policy "${S3_READ}" of ${TASK_ROLE}, Action iam:*, Resource *`,
    ]);
    expect(failures.map(({ what }) => what).join()).toContain(
      "policies of the configuration would change a delivery's role",
    );
    expect(failures.map(({ what }) => what).join()).not.toContain("a statement allows what");
  });
});

describe("a guard", () => {
  const all = (actions: string[], conditions?: object): Statement => ({
    actions,
    resources: ["*"],
    ...(conditions && { conditions }),
  });

  it.each<[string, "build" | "task", Statement]>([
    ["assume a delivery's role", "task", all(["sts:AssumeRole"])],
    ["assume a delivery's role", "build", all(["sts:*"])],
    ["pass a delivery's role", "task", all(["iam:PassRole"])],
    ["change a delivery's role", "build", all(["iam:AttachRolePolicy"])],
    ["read or change artifacts", "task", all(["s3:GetObject"])],
    ["open the artifacts", "build", all(["s3:PutBucketPolicy"])],
    ["decrypt artifacts", "task", all(["kms:Decrypt"])],
    ["give the key away", "build", all(["kms:CreateGrant"])],
    [
      "read or change the state",
      "build",
      { actions: ["s3:PutObject"], resources: ["arn:aws:s3:::solo-terraform-state/*/shared.tfstate"] },
    ],
    ["deploy", "task", all(["codedeploy:UpdateDeploymentGroup"])],
    ["change the service", "task", all(["ecs:UpdateService"])],
    ["change the traffic", "task", all(["elasticloadbalancing:ModifyListener"])],
    ["change the traffic", "build", all(["elasticloadbalancing:ModifyRule"])],
    ["change the images", "task", all(["ecr:BatchDeleteImage"])],
    ["change the build", "build", all(["codebuild:UpdateProject"])],
    ["change the pipeline", "build", all(["codepipeline:UpdatePipeline"])],
    ["change the source", "task", all(["codecommit:GitPush"])],
    [
      "read or change artifacts",
      "task",
      all(["s3:*"], { StringEquals: { "aws:RequestedRegion": ["us-east-1"] } }),
    ],
  ])("does not let them %s: %s %j", async (what, section, statement) => {
    const { failures } = await inOneAccount(section, statement).prove();
    const found = failures.filter((one) => one.what.includes(`policies of the configuration would ${what}`));
    expect(found.flatMap(({ because }) => because)).toContainEqual(
      expect.stringMatching(/^allowed by Statement1 in policy "configured" of arn:/),
    );
  });

  it("lets a build read a base image of another repository, and an application use its table", async () => {
    const pull = {
      actions: ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
      resources: ["arn:aws:ecr:us-east-1:111111111111:repository/base/java"],
    };
    expect((await inOneAccount("build", pull, all(["ecr:GetAuthorizationToken"])).prove()).failures).toEqual(
      [],
    );
    const table = all(["dynamodb:*"], { StringEquals: { "aws:ResourceTag/app": "web" } });
    expect((await inOneAccount("task", table).prove()).failures).toEqual([]);
  });
});
