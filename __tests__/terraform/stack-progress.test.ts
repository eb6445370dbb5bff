import { readPlanned, readResourceEvent, readResult } from "../../src/terraform/resource-event";
import { StackProgress } from "../../src/terraform/stack-progress";

describe("a line of terraform apply", () => {
  it.each([
    ["aws_vpc.network_F2AC1AF7: Creating...", "aws_vpc.network_F2AC1AF7", "begun"],
    ["aws_vpc.network_F2AC1AF7 (network/new/vpc): Creating...", "aws_vpc.network_F2AC1AF7", "begun"],
    ["aws_lb.a-b_C: Destroying... [id=arn:aws:x]", "aws_lb.a-b_C", "begun"],
    ["aws_lb.a: Modifications complete after 3s [id=x]", "aws_lb.a", "ended"],
    ["aws_lb.a (a/b): Creation complete after 1m1s [id=x]", "aws_lb.a", "ended"],
    ["aws_lb.a: Destruction complete after 0s", "aws_lb.a", "ended"],
  ])("%s", (line, address, phase) => {
    expect(readResourceEvent(line)).toEqual({ address, phase });
  });

  it.each([
    "aws_lb.a: Still creating... [10s elapsed]",
    "aws_lb.a: Refreshing state... [id=x]",
    "Apply complete!",
  ])("%s begins and ends nothing", (line) => {
    expect(readResourceEvent(line)).toBeUndefined();
  });

  it("tells how many resources a plan touches, and how it ended", () => {
    expect(readPlanned("Plan: 57 to add, 2 to change, 1 to destroy.")).toBe(60);
    expect(readPlanned("Plan: 1 to import, 5 to add, 0 to change, 0 to destroy.")).toBe(5);
    expect(readResult("Apply complete! Resources: 57 added, 0 changed, 0 destroyed.")).toBe(
      "57 added, 0 changed, 0 destroyed",
    );
    expect(readResult("No changes. Your infrastructure matches the configuration.")).toBe("no changes");
  });
});

describe("where a stack stands", () => {
  let time = 0;
  const labels = new Map([
    ["aws_lb.a", "aws_lb load-balancer"],
    ["aws_vpc.b", "aws_vpc network/vpc"],
  ]);
  const begun = () => {
    time = 0;
    const progress = new StackProgress("dev", labels, () => time);
    return {
      progress,
      at: (seconds: number, ...lines: string[]) => {
        time = seconds * 1000;
        for (const line of lines) progress.take(line);
        return String(progress);
      },
    };
  };

  it("names what takes longest first, by its place in the tree, and counts the others", () => {
    const { progress, at } = begun();
    expect(at(20, "Initializing the backend...")).toBe("dev 0 s: planning");
    expect(progress.isUnderWay).toBe(false);
    expect(at(30, "aws_vpc.b: Refreshing state... [id=x]")).toBe("dev 0 s: planning");
    expect(progress.isUnderWay).toBe(true);
    at(31, "Plan: 4 to add, 0 to change, 0 to destroy.", "aws_vpc.b: Creating...", "aws_lb.a: Creating...");
    expect(at(33, "aws_lb.c: Creating...")).toBe(
      "dev 3 s: 0 of 4, aws_vpc network/vpc (2 s), aws_lb load-balancer (2 s) and 1 more",
    );
    expect(at(95, "aws_vpc.b: Creation complete after 1s [id=x]")).toBe(
      "dev 1 min 05 s: 1 of 4, aws_lb load-balancer (1 min 04 s), aws_lb.c (1 min 02 s)",
    );
    at(100, "Apply complete! Resources: 4 added, 0 changed, 0 destroyed.");
    expect([progress.result, progress.isUnderWay]).toEqual(["4 added, 0 changed, 0 destroyed", false]);
  });
});
