import type { Call } from "../../src/aws/recorded-calls";
import { partiesOf } from "../../src/permissions/parties";
import { requestsOf } from "../../src/permissions/request";
import { compare, lineOf, type Reason } from "../support/reality/compare";
import { requiredCalls } from "../support/reality";
import { reasonsOf } from "../support/reality/reasons";
import { systemFile } from "../support/synth-app";

const [delivery] = systemFile("codeseries.yaml").deliveries;
if (!delivery) throw new Error("the shipped configuration delivers nothing");
const parties = partiesOf(delivery);
const required = requiredCalls(parties);
const reasons = reasonsOf(parties);
const nothing = { unproven: [], untaken: [], unused: [] };

/** A record in which everything happened that has no reason to be missing, by the line that a difference has. */
const record = new Map<string, Call>();
const unexplained = compare([], required, reasons).untaken;
for (const { action, principal, resource } of required.flatMap(requestsOf)) {
  const call = { time: "", roleArn: principal, action, resource: resource.replace("arn:aws:s3:::", "") };
  if (action !== "sts:AssumeRole" && unexplained.includes(lineOf(call))) record.set(lineOf(call), call);
}
const calls = [...record.values()];

const without = <Item>(items: readonly Item[], one: Item) => items.filter((item) => item !== one);

describe("a record of calls and the proof", () => {
  it("agree if all that is required happened, or has a reason", () => {
    expect(calls.length).toBeGreaterThan(30);
    expect(compare(calls, required, reasons)).toEqual(nothing);
  });

  it("differ in each call that did not happen", () => {
    for (const [line, call] of record)
      expect(compare(without(calls, call), required, reasons).untaken).toContain(line);
  });

  it("differ in each call that is not required any more", () => {
    for (const [line, { action, roleArn }] of record) {
      const fewer = required.map((one) =>
        one.principal === roleArn ? { ...one, actions: without(one.actions, action) } : one,
      );
      expect(compare(calls, fewer, reasons).unproven).toContain(line);
    }
  });

  it("differ in the object, if a role reads another folder of the bucket", () => {
    const other: Call = {
      ...{ time: "", roleArn: parties.arns.roles.deploy, action: "s3:GetObject" },
      resource: `${parties.names.artifactBucket}/dev/logs/1.gz`,
    };
    expect(compare([...calls, other], required, reasons).unproven).toEqual([
      `bys-dev-iam-create-cdp-in-shared s3:GetObject ${parties.names.artifactBucket}/dev/logs`,
    ]);
  });

  it("differ if a role that is assumed makes no call", () => {
    const { push } = parties.arns.roles;
    const others = calls.filter(({ roleArn }) => roleArn !== push);
    expect(compare(others, required, reasons).untaken).toContain("bys-shared-iam-cdb-role sts:AssumeRole");
  });

  it.each(reasons.map((one) => [`${one.why} (${one.actions})`, one] as const))(
    "need the reason: %s",
    (_, one) => {
      expect(compare(calls, required, without(reasons, one)).untaken).not.toEqual([]);
    },
  );

  it("have no reason for what happens", () => {
    const needless: Reason = { actions: "codebuild:StartBuild", why: "It is not needed" };
    expect(compare(calls, required, [...reasons, needless]).unused).toEqual([
      "codebuild:StartBuild: It is not needed",
    ]);
  });
});
