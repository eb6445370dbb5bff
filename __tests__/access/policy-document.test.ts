import { policyJson, readStatements } from "../../src/access/evidence/policy-document";

describe("a policy that the provider makes of a document", () => {
  it("has identifiers of one type, and values of one condition, together", () => {
    const root = "arn:aws:iam::202949997891:root";
    const statement = {
      principals: [
        { type: "AWS", identifiers: ["*"] },
        { type: "Service", identifiers: ["ecs.amazonaws.com"] },
        { type: "AWS", identifiers: [root] },
      ],
      condition: [
        { test: "ArnEquals", variable: "aws:PrincipalArn", values: ["*"] },
        { test: "ArnEquals", variable: "aws:PrincipalArn", values: [root] },
        { test: "Bool", variable: "aws:SecureTransport", values: ["true"] },
      ],
    };
    expect(policyJson([statement]).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { AWS: ["*", root], Service: "ecs.amazonaws.com" },
        Condition: {
          ArnEquals: { "aws:PrincipalArn": ["*", root] },
          Bool: { "aws:SecureTransport": "true" },
        },
      },
    ]);
  });

  it.each([
    [{ actions: ["s3:GetObject"] }, "here: cannot read statement : "],
    [[{ actions: "s3:GetObject" }], "here: cannot read statement 0.actions: "],
    [[{}, { condition: { test: "Bool" } }], "here: cannot read statement 1.condition: "],
    [[{ dynamic: [] }], 'here: cannot read statement 0: Unrecognized key: "dynamic"'],
  ])("is not made of %j", (value, message) => {
    expect(() => readStatements(value, "here")).toThrow(message);
  });
});
