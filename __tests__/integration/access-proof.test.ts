import { prove, type Proof } from "../../src/access/proof";
import { reportOf } from "../../src/access/report/report";
import { systemOf } from "../support/evidence";

const { config, evidence } = systemOf("codeseries.yaml");
const DEV = "558846431111";

describe("the proof of the shipped configuration", () => {
  let proof: Proof;
  beforeAll(async () => {
    proof = await prove(config, evidence);
  });

  it("finds every needed call allowed and every forbidden one refused", () => {
    const { counts, failures } = reportOf(proof);
    expect(failures).toEqual([]);
    expect(counts.allowed).toBe(counts.needed);
    expect(counts.refused).toBe(counts.forbidden);
    expect(counts.needed).toBeGreaterThan(100);
    expect(counts.forbidden).toBeGreaterThan(400);
  });

  it.each([
    ["the deploy role writes an artifact", /create-cdp-in-shared/, "s3:PutObject", /BuildArtif/],
    ["the deploy role reads another service's", /create-cdp-in-shared/, "s3:GetObject", /-stranger\//],
    ["another role of dev reads artifacts", /any-administrator/, "s3:GetObject", /BuildArtif/],
    ["another role of dev decrypts", new RegExp(`${DEV}:role/any-administrator`), "kms:Decrypt", /:key\//],
    ["another role is passed", /create-cdp-in-shared/, "iam:PassRole", /-stranger$/],
    [
      "a build takes on another environment's push role",
      /cdb-role/,
      "sts:AssumeRole",
      /000000009999:role.*deploy-role-stranger$/,
    ],
    ["the push role pushes to another repository", /iam-deploy-role/, "ecr:PutImage", /-stranger$/],
    ["a pipeline starts another's project", /cdpl-awssdk-iam-role/, "codebuild:StartBuild", /-stranger$/],
    ["a role reads the state", /cdb-role/, "s3:GetObject", /tfstate/],
    ["a role of dev reads the state", /ecs-task-role/, "s3:GetObject", /tfstate/],
  ])("asks what if %s", (_, principal, action, resource) => {
    const rows = proof.sections.flatMap(({ denials }) => denials.flatMap(({ calls }) => calls));
    expect(
      rows.filter(
        ({ request }) =>
          principal.test(request.principal) && request.action === action && resource.test(request.resource),
      ),
    ).not.toHaveLength(0);
  });

  it.each([
    ["anyone comes without TLS", "aws:SecureTransport", "false"],
    ["an upload names the wrong algorithm", "s3:x-amz-server-side-encryption", "AES256"],
    ["a role is passed to another service", "iam:PassedToService", "lambda.amazonaws.com"],
    ["a service acts for another account", "aws:SourceAccount", "000000009999"],
  ])("asks what if %s", (_, key, value) => {
    const rows = proof.sections.flatMap(({ denials }) => denials);
    expect(rows.filter(({ row }) => row.context?.[key] === value)).not.toHaveLength(0);
  });
});
