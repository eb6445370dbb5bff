import { summaryRows } from "../../src/local/summary";
import { systemOfYaml } from "../support/synth-app";
import { shippedYaml } from "../support/faults";

describe("the table that ends a deployment", () => {
  const outputs = new Map([
    ["shared", new Map<string, unknown>([["clone_urls", { "awssdk-iam": "https://clone" }]])],
    [
      "dev",
      new Map<string, unknown>([
        ["load_balancer_url", "http://alb"],
        ["container_repository_urls", { "awssdk-iam": "ecr/repository" }],
      ]),
    ],
  ]);

  it("has every account, what is there, and where", () => {
    expect(summaryRows(systemOfYaml(shippedYaml), outputs)).toEqual([
      ["shared 202949997891", "Terraform state", "s3://bys-shared-s3-tfstate"],
      ["shared 202949997891", "awssdk-iam: repository", "https://clone"],
      ["shared 202949997891", "awssdk-iam to dev: pipeline", "bys-shared-cdpl-awssdk-iam-dev"],
      ["shared 202949997891", "awssdk-iam to dev: artifacts", "s3://bys-shared-s3-codeseries-awssdk-iam"],
      ["dev 558846431111", "awssdk-iam in dev: images", "ecr/repository"],
      ["dev 558846431111", "awssdk-iam in dev: ECS service", "bys-dev-ecs-main/bys-dev-svc-awssdk-iam"],
      [
        "dev 558846431111",
        "awssdk-iam in dev: deployments",
        "bys-dev-cddp-ecs-main-awssdk-iam/bys-dev-cddpg-ecs-main-awssdk-iam",
      ],
      ["dev 558846431111", "awssdk-iam in dev: URL", "http://alb/iam"],
    ]);
  });
});
