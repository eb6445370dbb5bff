import type { PolicyStatement } from "../../src/permissions/read/policy-json";
import { mutantsOf } from "./mutations/mutants";
import { survivorReason } from "./mutations/survivors";

const mutants = (...statements: readonly PolicyStatement[]) =>
  mutantsOf({ document: { Version: "2012-10-17", Statement: statements } });

const described = (statement: PolicyStatement) =>
  mutants(statement).map(({ change, effect, kind }) => `${effect}: ${kind}: ${change}`);

const OTHER_ROLE = "arn:aws:iam::999999999999:role/other";

describe("the mutants of a statement", () => {
  it("that allows are smaller and larger", () => {
    expect(
      described({
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
      "widens: action added: s3:CreateAnything",
      `widens: resource added: ${OTHER_ROLE}`,
      "widens: condition value added: StringEquals aws:ResourceAccount",
      "widens: condition value added: Bool aws:SecureTransport",
      "widens: condition removed: StringEquals aws:ResourceAccount",
      "widens: condition removed: Bool aws:SecureTransport",
      "widens: condition removed: every condition",
    ]);
  });

  it("with several principals or condition values have one less, or one more", () => {
    const statement = {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { AWS: ["one", "two"], Service: "ecs.amazonaws.com" },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": ["a", "b"], "aws:SourceArn": "c" },
        StringNotEquals: { "aws:SourceAccount": ["1", "2"] },
      },
    };
    expect(described(statement).filter((one) => / (principal|condition value) /.test(one))).toEqual([
      "restricts: principal removed: AWS one",
      "restricts: principal removed: AWS two",
      "restricts: principal removed: AWS one, two",
      "restricts: principal removed: Service ecs.amazonaws.com",
      "restricts: condition value removed: ArnEquals aws:PrincipalArn a",
      "restricts: condition value removed: ArnEquals aws:PrincipalArn b",
      "widens: condition value removed: StringNotEquals aws:SourceAccount 1",
      "widens: condition value removed: StringNotEquals aws:SourceAccount 2",
      `widens: principal added: ${OTHER_ROLE}`,
      "widens: principal added: lambda.amazonaws.com",
      "widens: condition value added: ArnEquals aws:PrincipalArn",
      "widens: condition value added: ArnEquals aws:SourceArn",
      "restricts: condition value added: StringNotEquals aws:SourceAccount",
    ]);
  });

  it("that denies have the opposite effect", () => {
    expect(
      described({
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
    expect(mutants(one, two).map(({ policy }) => policy.document.Statement)).toEqual([
      [two],
      [{ ...one, Action: ["s3:*"] }, two],
      [{ ...one, Action: ["*"] }, two],
      [{ ...one, Resource: ["*"] }, two],
      [{ ...one, Action: ["s3:GetObject", "s3:CreateAnything"] }, two],
      [{ ...one, Resource: ["a", OTHER_ROLE] }, two],
      [one],
      [one, { ...two, Action: ["s3:*"] }],
      [one, { ...two, Action: ["*"] }],
      [one, { ...two, Resource: ["*"] }],
      [one, { ...two, Action: ["s3:GetObject", "s3:CreateAnything"] }],
      [one, { ...two, Resource: ["a", OTHER_ROLE] }],
    ]);
  });
});

describe("a mutant that makes no difference in AWS", () => {
  const reasons = (condition: PolicyStatement["Condition"]) =>
    mutants({
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "codebuild.amazonaws.com" },
      Condition: condition,
    })
      .filter(({ change, kind }) => kind === "condition removed" && change.includes("aws:SourceAccount"))
      .map(survivorReason);
  const account = { "aws:SourceAccount": "202949997891" };

  it("has AWS's reason: a source ARN contains the account already", () => {
    const arn = "arn:aws:codebuild:ap-northeast-2:202949997891:project/any";
    expect(reasons({ StringEquals: account, ArnEquals: { "aws:SourceArn": arn } })).toEqual([
      expect.stringContaining("the source ARN contains the account"),
    ]);
  });

  it("has none without a source ARN, or with one that contains no account", () => {
    expect(reasons({ StringEquals: account })).toEqual([undefined]);
    const arn = "arn:aws:s3:::any";
    expect(reasons({ StringEquals: account, ArnEquals: { "aws:SourceArn": arn } })).toEqual([undefined]);
  });
});
