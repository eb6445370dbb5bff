import type { Policy } from "../../src/access/evidence/policy";
import type { PolicyStatement } from "../../src/access/evidence/policy-json";
import { mutantsOf } from "../../src/access/mutations/mutants";
import { survivorReason } from "../../src/access/mutations/survivors";

const mutants = (statement: PolicyStatement, kind: Policy["kind"] = "identity") =>
  mutantsOf({
    kind,
    holder: "arn:aws:iam::558846431111:role/any",
    account: "558846431111",
    name: "permissions",
    document: { Version: "2012-10-17", Statement: [statement] },
  });

const said = (statement: PolicyStatement) =>
  mutants(statement).map(({ change, effect, kind }) => `${effect}: ${kind}: ${change}`);

describe("the mutants of a statement", () => {
  it("that allows are less of it, and more of it", () => {
    expect(
      said({
        Sid: "Read",
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: "arn:aws:s3:::one/*",
        Condition: {
          StringEquals: { "aws:ResourceAccount": "558846431111" },
          Bool: { "aws:SecureTransport": "true" },
        },
      }),
    ).toEqual([
      "restricts: statement removed: all of it",
      "restricts: action removed: s3:GetObject",
      "restricts: action removed: s3:ListBucket",
      "widens: action widened: s3:GetObject → s3:*",
      "widens: action widened: s3:GetObject → *",
      "widens: action widened: s3:ListBucket → s3:*",
      "widens: action widened: s3:ListBucket → *",
      "widens: resource widened: arn:aws:s3:::one/* → *",
      "widens: condition removed: StringEquals aws:ResourceAccount",
      "widens: condition removed: Bool aws:SecureTransport",
      "widens: condition removed: every condition",
    ]);
  });

  it("that lets several in are each of them less, and more where a condition keeps them out", () => {
    const statement = {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: ["one", "two"], Service: "ecs.amazonaws.com" },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": ["a", "b"], "aws:SourceArn": "c" },
        StringNotEquals: { "aws:SourceAccount": ["1", "2"] },
      },
    };
    expect(said(statement).filter((one) => / (principal|condition value) removed: /.test(one))).toEqual([
      "restricts: principal removed: AWS one",
      "restricts: principal removed: AWS two",
      "restricts: principal removed: AWS one, two",
      "restricts: principal removed: Service ecs.amazonaws.com",
      "restricts: condition value removed: ArnEquals aws:PrincipalArn a",
      "restricts: condition value removed: ArnEquals aws:PrincipalArn b",
      "widens: condition value removed: StringNotEquals aws:SourceAccount 1",
      "widens: condition value removed: StringNotEquals aws:SourceAccount 2",
    ]);
  });

  it("that denies are the other way round", () => {
    expect(
      said({
        Effect: "Deny",
        Action: "s3:*",
        Resource: ["arn:aws:s3:::one", "arn:aws:s3:::one/*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    ).toEqual([
      "widens: statement removed: all of it",
      "widens: resource removed: arn:aws:s3:::one",
      "widens: resource removed: arn:aws:s3:::one/*",
      "restricts: condition removed: Bool aws:SecureTransport",
    ]);
  });

  it("keep the other statements, and the other parts", () => {
    const one: PolicyStatement = { Sid: "One", Effect: "Allow", Action: "s3:GetObject", Resource: "a" };
    const two: PolicyStatement = { ...one, Sid: "Two" };
    const document = { Version: "2012-10-17", Statement: [one, two] };
    const holder = { kind: "identity" as const, holder: "any", account: "any", name: "any" };
    expect(mutantsOf({ ...holder, document }).map((mutant) => mutant.document.Statement)).toEqual([
      [two],
      [{ ...one, Action: ["s3:*"] }, two],
      [{ ...one, Action: ["*"] }, two],
      [{ ...one, Resource: ["*"] }, two],
      [one],
      [one, { ...two, Action: ["s3:*"] }],
      [one, { ...two, Action: ["*"] }],
      [one, { ...two, Resource: ["*"] }],
    ]);
  });
});

describe("a survivor", () => {
  const trust = (Condition: PolicyStatement["Condition"]): PolicyStatement => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: "codebuild.amazonaws.com" },
    Condition,
  });
  const reasons = (statement: PolicyStatement) =>
    mutants(statement, "trust")
      .filter(({ change }) => change === "StringEquals aws:SourceAccount")
      .map(survivorReason);

  it("has AWS's reason: a source ARN holds the account already", () => {
    const arn = "arn:aws:codebuild:ap-northeast-2:202949997891:project/any";
    expect(
      reasons(
        trust({ StringEquals: { "aws:SourceAccount": "202949997891" }, ArnEquals: { "aws:SourceArn": arn } }),
      ),
    ).toEqual([expect.stringContaining("the source ARN holds the account already")]);
  });

  it("has none where the account stands alone, or the ARN holds none", () => {
    expect(reasons(trust({ StringEquals: { "aws:SourceAccount": "202949997891" } }))).toEqual([undefined]);
    const arn = "arn:aws:s3:::any";
    expect(
      reasons(
        trust({ StringEquals: { "aws:SourceAccount": "202949997891" }, ArnEquals: { "aws:SourceArn": arn } }),
      ),
    ).toEqual([undefined]);
  });
});
