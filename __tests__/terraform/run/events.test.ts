import { readEvent } from "../../../src/terraform/run/events";

describe("a line of Terraform's output", () => {
  it("is an event if it is a JSON object", () => {
    expect(readEvent('{"@message":"Terraform 1.11.4","type":"version"}')).toEqual({
      "@message": "Terraform 1.11.4",
      type: "version",
    });
  });

  it.each(["", "!!!!!! TERRAFORM CRASH !!!!!!", '{"@message":"cut o'])("is none if it is %j", (line) => {
    expect(readEvent(line)).toBeUndefined();
  });
});
