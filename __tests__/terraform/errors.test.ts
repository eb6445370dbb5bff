import { ErrorCollector } from "../../src/terraform/errors";

function collected(...lines: string[]) {
  const errors = new ErrorCollector();
  for (const line of lines) errors.take(line);
  return errors.text;
}

describe("errors in Terraform's output", () => {
  it("are all from the first one on, without the box", () => {
    expect(
      collected(
        "aws_vpc.a: Creating...",
        "╷",
        "│ Error: no such VPC",
        "│ ",
        "│   with aws_vpc.a,",
        "╵",
        "done",
      ),
    ).toBe("Error: no such VPC\nwith aws_vpc.a,\ndone");
  });

  it("are none in a run that went well", () => {
    expect(collected("Apply complete!")).toBe("");
  });
});
