import { provePermissions, type Report } from "../../src/permissions";
import { provableSystem } from "../support/proof";

const { policies, system } = provableSystem("codeseries.yaml");
const DEV = "558846431111";

describe("the proof of the shipped configuration", () => {
  let report: Report;
  beforeAll(async () => {
    report = await provePermissions(system, policies);
  });

  it("finds every required call allowed and every forbidden one denied", () => {
    const { counts, failures, proven } = report;
    expect([failures, proven]).toEqual([[], true]);
    expect(counts.allowed).toBe(counts.required);
    expect(counts.denied).toBe(counts.forbidden);
    expect(counts.required).toBeGreaterThan(100);
    expect(counts.forbidden).toBeGreaterThan(150);
  });

  it.each([
    ["the deploy role writes an artifact", /create-cdp-in-shared/, "s3:PutObject", /BuildArtif/],
    ["another role of dev reads artifacts", /any-administrator/, "s3:GetObject", /BuildArtif/],
    ["another role of dev decrypts", new RegExp(`${DEV}:role/any-administrator`), "kms:Decrypt", /:key\//],
    ["a role reads the state", /cdb-role/, "s3:GetObject", /tfstate/],
    ["a role of dev reads the state", /ecs-task-role/, "s3:GetObject", /tfstate/],
  ])("asks what if %s", (_, principal, action, resource) => {
    const rows = report.sections.flatMap(({ guards }) => guards.flatMap(({ answers }) => answers));
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
    const rows = report.sections.flatMap(({ guards }) => guards);
    expect(rows.filter(({ call }) => call.context?.[key] === value)).not.toHaveLength(0);
  });
});
