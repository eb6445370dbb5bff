import { policiesOfStacks } from "../../src/permissions";
import { summaryText } from "../../src/permissions";
import { countsOf } from "../../src/permissions/report/report";
import { edit, faultsAfter, shippedYaml } from "../support/faults";
import { configOf, synthApp } from "../support/synth-app";

const AWS = "arn:aws:iam::aws:policy/PowerUserAccess";
const OWN = "arn:aws:iam::202949997891:policy/company-boundary";
const both = edit(
  shippedYaml,
  ['"202949997891"', '"202949997891", permissionsBoundary: company-boundary'],
  ['"558846431111"', `"558846431111", permissionsBoundary: "${AWS}"`],
);
const stacks = synthApp(configOf(both));
const rolesOf = (stack: string) => Object.values(stacks[stack]?.resource?.aws_iam_role ?? {});

describe("a permissions boundary of an account", () => {
  it.each([
    ["shared", OWN],
    ["dev", AWS],
  ])("is that of every role in the stack %s", (stack, boundary) => {
    const roles = rolesOf(stack);
    expect(roles.length).toBeGreaterThan(2);
    expect(roles.map(({ permissions_boundary }) => permissions_boundary)).toEqual(roles.map(() => boundary));
  });

  it("is none where the configuration has none", () => {
    const plain = synthApp(configOf(shippedYaml));
    expect(JSON.stringify(plain)).not.toContain("permissions_boundary");
  });

  it("is read and named by the proof, which does not evaluate it", () => {
    const { roles } = policiesOfStacks(stacks);
    expect(new Set(roles.map(({ boundary }) => boundary))).toEqual(new Set([OWN, AWS]));
    const report = {
      proven: true,
      sections: [],
      failures: [],
      stale: [],
      wildcards: [],
      configured: [],
      counts: countsOf([], []),
    };
    const text = summaryText({ ...report, boundaries: [OWN, AWS] }, (_, plain) => plain);
    expect(text).toContain(`  boundaries       ${OWN}, ${AWS}: not evaluated\n`);
    expect(summaryText({ ...report, boundaries: [] }, (_, plain) => plain)).not.toContain("boundaries  ");
  });

  it.each([
    [
      "a policy of another account",
      "arn:aws:iam::111111111111:policy/x",
      "a policy of the account itself, or of AWS",
    ],
    ["a role", "arn:aws:iam::558846431111:role/x", "the name or the ARN of a managed IAM policy"],
  ])("is refused if it is %s", (_, value, expected) => {
    expect(faultsAfter(['"558846431111"', `"558846431111", permissionsBoundary: "${value}"`])).toEqual([
      expect.stringMatching(new RegExp(`accounts\\.dev\\.permissionsBoundary: expected ${expected}, got`)),
    ]);
  });
});

describe("access of the commands for a running system", () => {
  it("has a role and a profile of its own", () => {
    const { accounts } = configOf(
      edit(shippedYaml, ['"558846431111"', '"558846431111", operate: { assumeRole: people, profile: me }']),
    );
    expect(accounts.dev?.operate).toEqual({ assumeRole: "people", profile: "me" });
  });
});
