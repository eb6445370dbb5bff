import type { OutputChange, TerraformEvent } from "../../../src/terraform/run/events";
import { StackProgress } from "../../../src/terraform/run/stack-progress";

let time = 0;
const seconds = (value: number) => (time = value * 1000);
const labels = new Map([
  ["aws_lb.a", "aws_lb load-balancer"],
  ["aws_vpc.b", "aws_vpc network/vpc"],
]);
const newProgress = () => {
  seconds(0);
  return new StackProgress("dev", labels, () => time);
};

const resource = (
  type: "apply_start" | "apply_complete" | "apply_errored",
  addr: string,
  action = "create",
) =>
  ({
    "@message": "",
    type,
    hook: { resource: { addr, resource_type: addr.split(".")[0] ?? "" }, action },
  }) satisfies TerraformEvent;
const summary = (operation: "plan" | "apply", add: number, change = 0, remove = 0, imported = 0) =>
  ({
    "@message": "",
    type: "change_summary",
    changes: { operation, add, change, remove, import: imported },
  }) satisfies TerraformEvent;
const diagnostic = (severity: "error" | "warning", text: object) =>
  ({
    "@message": "",
    type: "diagnostic",
    diagnostic: { severity, summary: "", ...text },
  }) satisfies TerraformEvent;

describe("the progress of a stack", () => {
  it("names the resources that take longest by their path in the construct tree, and counts the others", () => {
    const progress = newProgress();
    progress.begin("plan");
    expect(String(progress)).toBe("dev 0 s: terraform plan");
    progress.receive(summary("plan", 3, 1));
    progress.begin("apply");
    seconds(1);
    progress.receive(resource("apply_start", "aws_vpc.b"));
    progress.receive(resource("apply_start", "aws_lb.a"));
    seconds(3);
    progress.receive(resource("apply_start", "aws_lb.c"));
    expect(String(progress)).toBe(
      "dev 3 s: 0 of 4, aws_vpc network/vpc (2 s), aws_lb load-balancer (2 s) and 1 more",
    );
    seconds(65);
    progress.receive(resource("apply_complete", "aws_vpc.b"));
    expect(String(progress)).toBe(
      "dev 1 min 05 s: 1 of 4, aws_lb load-balancer (1 min 04 s), aws_lb.c (1 min 02 s)",
    );
  });

  it("counts no data source, and no change that failed", () => {
    const progress = newProgress();
    progress.begin("apply");
    progress.receive(resource("apply_start", "data.aws_vpc.a", "read"));
    progress.receive(resource("apply_complete", "data.aws_vpc.a", "read"));
    progress.receive(resource("apply_start", "aws_lb.a", "update"));
    progress.receive(resource("apply_errored", "aws_lb.a", "update"));
    expect(String(progress)).toBe("dev 0 s: terraform apply");
    progress.receive(summary("plan", 0, 1));
    expect(String(progress)).toBe("dev 0 s: 0 of 1");
  });

  it("ends with the number of changes, with imports only if there are some", () => {
    const progress = newProgress();
    seconds(83);
    expect(progress.summary).toBe("dev: no changes in 1 min 23 s");
    progress.receive(summary("plan", 57));
    expect(progress.result).toBe("no changes");
    progress.receive(summary("apply", 57, 2, 1));
    expect(progress.summary).toBe("dev: 57 added, 2 changed, 1 destroyed in 1 min 23 s");
    progress.receive(summary("apply", 0, 1, 0, 1));
    expect(progress.result).toBe("1 imported, 0 added, 1 changed, 0 destroyed");
  });

  it("has changed nothing if neither a resource nor an output was to change", () => {
    const outputs = (action: OutputChange["action"]) =>
      ({ "@message": "", type: "outputs", outputs: { url: { action } } }) satisfies TerraformEvent;
    const ended = (action: OutputChange["action"]) => {
      const progress = newProgress();
      for (const event of [summary("plan", 0), outputs(action), summary("apply", 0), outputs(undefined)])
        progress.receive(event);
      return progress.result;
    };
    expect(ended("noop")).toBe("no changes");
    expect(ended("update")).toBe("0 added, 0 changed, 0 destroyed");
  });

  it("tells when a resource of a type was created, and not when it was changed", () => {
    const progress = newProgress();
    const created = jest.fn();
    progress.onCreated("aws_s3_bucket", created);
    for (const [address, action] of [
      ["aws_lb.a", "create"],
      ["aws_s3_bucket.a", "update"],
    ] as const) {
      progress.receive(resource("apply_start", address, action));
      progress.receive(resource("apply_complete", address, action));
    }
    expect(created).not.toHaveBeenCalled();
    progress.receive(resource("apply_start", "aws_s3_bucket.b"));
    expect(created).not.toHaveBeenCalled();
    progress.receive(resource("apply_complete", "aws_s3_bucket.b"));
    expect(created).toHaveBeenCalledTimes(1);
  });
});

describe("the failure of a stack", () => {
  it("is every error, with the stack, the resource and the details; warnings are not", () => {
    const progress = newProgress();
    progress.receive(diagnostic("warning", { summary: "deprecated" }));
    progress.receive(
      diagnostic("error", { summary: "no such VPC", address: "aws_lb.a", detail: "one\n\ntwo" }),
    );
    progress.receive(diagnostic("error", { summary: "state locked" }));
    expect(progress.failure).toBe(
      [
        "dev: Error: no such VPC",
        "  with aws_lb.a (aws_lb load-balancer)",
        "  one",
        "  two",
        "dev: Error: state locked",
      ].join("\n"),
    );
  });

  it("is the last lines of the output if Terraform reported no error", () => {
    const progress = newProgress();
    progress.receive("panic: runtime error");
    progress.receive("goroutine 1");
    expect(progress.failure).toBe("panic: runtime error\ngoroutine 1");
  });

  it("is of the last command only", () => {
    const progress = newProgress();
    progress.receive(diagnostic("error", { summary: "no such VPC" }));
    progress.receive("panic");
    progress.begin("apply");
    expect(progress.failure).toBe("");
  });
});
