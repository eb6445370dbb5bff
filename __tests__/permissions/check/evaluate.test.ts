import { runSimulation } from "@cloud-copilot/iam-simulate";
import { evaluate as evaluateWith, type Applicable } from "../../../src/permissions/check/evaluate";
import type { Policy } from "../../../src/permissions/read/policies";
import type { PolicyStatement } from "../../../src/permissions/read/policy-json";
import type { Request } from "../../../src/permissions/request";
import { simulate } from "../../support/proof";

const evaluate = (asked: Request, applicable: Applicable) => evaluateWith(asked, applicable, simulate);

const key = "arn:aws:kms:ap-northeast-2:202949997891:key/1a2b3c4d-71d6-4e5f-9c3b-5d6e7f809102";
const role = "arn:aws:iam::558846431111:role/bys-dev-iam-create-cdp-in-shared";
const CONTEXT_KEY = "kms:EncryptionContext:aws:s3:arn";

const policy = (kind: Policy["kind"], ...Statement: PolicyStatement[]): Policy => ({
  kind,
  holder: kind === "identity" ? role : key,
  account: "202949997891",
  name: `${kind} policy`,
  document: { Version: "2012-10-17", Statement },
});

const decrypt: PolicyStatement = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const account = { AWS: "arn:aws:iam::558846431111:root" };
const request: Request = { principal: role, action: "kms:Decrypt", resource: key, owner: "202949997891" };

describe("the simulator", () => {
  it("still leaves out the keys of an encryption context: once it does not, withKnownKeys can go", async () => {
    const outcome = await runSimulation(
      {
        request: {
          principal: role,
          action: "kms:Decrypt",
          resource: { resource: key, accountId: "202949997891" },
          contextVariables: { [CONTEXT_KEY]: "arn:aws:s3:::any" },
        },
        identityPolicies: [],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    expect(outcome).toMatchObject({ result: { ignoredContextKeys: [CONTEXT_KEY] } });
  });
});

describe("evaluate", () => {
  const withContext = {
    ...decrypt,
    Principal: account,
    Condition: { StringLike: { [CONTEXT_KEY]: "arn:aws:s3:::ours*" } },
  };
  const both = { identity: [policy("identity", decrypt)], resource: policy("key", withContext) };

  it.each([
    ["Allowed", "arn:aws:s3:::ours/object"],
    ["ImplicitlyDenied", "arn:aws:s3:::theirs"],
  ])("knows an encryption context: %s for %s", async (result, arn) => {
    const decision = await evaluate({ ...request, context: { [CONTEXT_KEY]: arn } }, both);
    expect(decision.result).toBe(result);
  });

  it.each([
    [
      "the principal's policies",
      { identity: [], resource: policy("key", { ...decrypt, Principal: account }) },
    ],
    ["the key's policy", { identity: [policy("identity", decrypt)], resource: policy("key") }],
  ])("needs %s across accounts", async (_, applicable) => {
    expect((await evaluate(request, applicable)).result).toBe("ImplicitlyDenied");
  });

  it("asks a role's trust, whatever the principal's policies say", async () => {
    const assume: Request = { ...request, action: "sts:AssumeRole", resource: role, owner: "558846431111" };
    expect((await evaluate({ ...assume, assumeAllowed: "identity" }, { identity: [] })).result).toBe(
      "ImplicitlyDenied",
    );
  });

  it("assumes that a side allows the request", async () => {
    const open = { ...request, assumeAllowed: "resource" as const };
    expect((await evaluate(open, { identity: [policy("identity", decrypt)] })).result).toBe("Allowed");
    expect((await evaluate(open, { identity: [] })).result).toBe("ImplicitlyDenied");
  });

  it("refuses a condition key that the action does not have: it would be left out", async () => {
    const wrong = { ...request, context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
    await expect(evaluate(wrong, both)).rejects.toThrow(
      "kms:Decrypt has no condition keys iam:PassedToService",
    );
  });

  it("names a document that AWS would refuse", async () => {
    const broken = policy("identity", { Effect: "Permit", Action: "kms:Decrypt", Resource: "*" });
    await expect(evaluate(request, { identity: [broken] })).rejects.toThrow(
      /^policy "identity policy" of arn:aws:iam:.*Effect/,
    );
  });
});
