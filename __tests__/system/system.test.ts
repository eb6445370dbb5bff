import { systemOf } from "../../src/system/system";
import { inventoriesOf } from "../../src/system/inventory";
import { shippedYaml } from "../support/faults";
import { configFile, systemOfYaml } from "../support/synth-app";

const shipped = systemOf(configFile("codeseries.yaml"));
const three = systemOf(configFile("__tests__/fixtures/three-environments.yaml"));

const PRD =
  "  prd: { account: dev, branch: main, cluster: main, network: { cidr: 10.20.0.0/16 }, ingress: { http: true } }\n";

describe("a system", () => {
  it("delivers every service to every environment, by environment", () => {
    expect(
      three.deliveries.map(({ environment, service }) => `${service.name} to ${environment.name}`),
    ).toEqual(
      three.environments.flatMap((environment) =>
        three.services.map((service) => `${service.name} to ${environment.name}`),
      ),
    );
  });

  it("does not deliver a service to an environment that leaves it out, nor makes anything for it", () => {
    const { deliveries } = systemOfYaml(
      shippedYaml
        .replace("\nservices:", `${PRD}\nservices:`)
        .replace("    environments:\n", "    environments:\n      prd: false\n"),
    );
    expect(deliveries.map(({ environment }) => environment.name)).toEqual(["dev"]);
  });

  it("delivers the environment's branch, or the service's own there", () => {
    const yaml = shippedYaml.replace("\nservices:", `${PRD}\nservices:`);
    const branchesOf = (text: string) => systemOfYaml(text).deliveries.map(({ branch }) => branch);
    expect(branchesOf(yaml)).toEqual(["develop", "main"]);
    expect(
      branchesOf(yaml.replace("    environments:\n", "    environments:\n      prd: { branch: release }\n")),
    ).toEqual(["develop", "release"]);
  });

  it("gives an environment the account of its name, or the one that it names", () => {
    expect(shipped.environments.map(({ account }) => account)).toEqual([{ name: "dev", id: "558846431111" }]);
    expect(three.environments.map(({ account, name }) => [name, account.name])).toEqual([
      ["dev", "development"],
      ["stg", "stg"],
      ["prd", "prd"],
    ]);
  });

  it("computes the ARNs of both accounts", () => {
    expect(shipped.deliveries[0]?.arns).toMatchObject({
      roles: {
        build: "arn:aws:iam::202949997891:role/service-role/bys-shared-iam-cdb-role",
        deploy: "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared",
      },
      pipeline: "arn:aws:codepipeline:ap-northeast-2:202949997891:bys-shared-cdpl-awssdk-iam-dev",
      artifactBucket: "arn:aws:s3:::bys-shared-s3-codeseries-awssdk-iam",
      deploymentGroup:
        "arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentgroup:bys-dev-cddp-ecs-main-awssdk-iam/bys-dev-cddpg-ecs-main-awssdk-iam",
      deploymentConfig:
        "arn:aws:codedeploy:ap-northeast-2:558846431111:deploymentconfig:CodeDeployDefault.ECSAllAtOnce",
    });
  });

  it("separates secrets from parameters, each once and without a JSON key", () => {
    const orders = three.deliveries.find(
      ({ environment, service }) => environment.name === "prd" && service.name === "orders",
    );
    expect(orders?.secretArns.every((arn) => arn.split(":").length === 7)).toBe(true);
    expect(new Set(orders?.secretArns).size).toBe(orders?.secretArns.length);
    expect(orders?.parameterArns.every((arn) => arn.includes(":ssm:"))).toBe(true);
  });
});

describe("the secrets and images of a delivery", () => {
  const orders = three.deliveries.find(
    ({ environment, service }) => environment.name === "prd" && service.name === "orders",
  );

  it("separate what the tasks read from what the build reads", () => {
    expect(orders).toMatchObject({
      secretArns: [
        "arn:aws:secretsmanager:eu-central-1:444444444444:secret:orders/db-AbCdEf",
        "arn:aws:secretsmanager:eu-central-1:444444444444:secret:orders/migrate-AbCdEf",
      ],
      parameterArns: [
        "arn:aws:ssm:eu-central-1:444444444444:parameter/orders/api-key",
        "arn:aws:ssm:eu-central-1:444444444444:parameter/orders/license",
      ],
      buildSecretArns: ["arn:aws:secretsmanager:eu-central-1:111111111111:secret:ci/npm-AbCdEf"],
      buildParameterArns: ["arn:aws:ssm:eu-central-1:111111111111:parameter/ci/license"],
    });
  });

  it("name the ECR repositories of sidecars, and no other registry", () => {
    expect(orders?.sidecarRepositoryArns).toEqual([
      "arn:aws:ecr:eu-central-1:444444444444:repository/tools/migrate",
    ]);
  });

  it("build on the processor of the tasks", () => {
    const images = (name: string) =>
      three.deliveries
        .filter(({ service }) => service.name === name)
        .map(({ settings }) => settings.build.image);
    expect(new Set(images("web"))).toEqual(new Set(["aws/codebuild/amazonlinux-aarch64-standard:3.0"]));
    expect(new Set(images("billing"))).toEqual(new Set(["aws/codebuild/amazonlinux-x86_64-standard:5.0"]));
  });
});

describe("an account's inventory", () => {
  it("has every resource with a policy, in the account that holds it", () => {
    expect(inventoriesOf(shipped).map(({ account, ...inventory }) => [account.name, inventory])).toEqual([
      [
        "shared",
        {
          roles: [
            "bys-shared-iam-cdpl-awssdk-iam-role",
            "bys-shared-iam-cdb-role",
            "bys-shared-iam-evb-awssdk-iam-dev-role",
          ],
          buckets: ["bys-shared-s3-codeseries-awssdk-iam", "bys-shared-s3-tfstate"],
          keyAliases: ["alias/bys-shared-kms-codeseries-awssdk-iam"],
          containerRepositories: [],
          topics: [],
          logPolicies: [],
          managedPolicies: [
            "arn:aws:iam::202949997891:policy/bys-shared-iam-awssdk-iam-developers",
            "arn:aws:iam::202949997891:policy/bys-shared-iam-dev-readers",
            "arn:aws:iam::202949997891:policy/bys-shared-iam-dev-operators",
          ],
        },
      ],
      [
        "dev",
        {
          roles: [
            "bys-dev-iam-deploy-role",
            "bys-dev-iam-create-cdp-in-shared",
            "bys-dev-iam-cdp-role",
            "bys-dev-iam-awssdk-iam-ecs-task-exec-role",
            "bys-dev-iam-awssdk-iam-ecs-task-role",
            "bys-dev-iam-flow-logs-role",
          ],
          buckets: [],
          keyAliases: [],
          containerRepositories: ["ecs/dev-awssdk-iam"],
          topics: [],
          logPolicies: ["bys-dev-logs-events"],
          managedPolicies: [
            "arn:aws:iam::558846431111:policy/bys-dev-iam-readers",
            "arn:aws:iam::558846431111:policy/bys-dev-iam-operators",
          ],
        },
      ],
    ]);
  });

  it("leaves out the trigger and the developers of a source behind a connection", () => {
    const shared = inventoriesOf(three)[0];
    const orders = three.deliveries.find(({ service }) => service.name === "orders");
    expect(shared?.roles).not.toContain(orders?.names.triggerRole);
    expect(shared?.managedPolicies).not.toContain(orders?.arns.developerPolicy);
  });
});
