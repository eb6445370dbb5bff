import { stackLines } from "../../src/local/cdktf-output";

describe("a line of cdktf's", () => {
  const lineOf = stackLines(["dev", "dev2", "shared"]);

  it.each([
    ["cdktf starts", undefined],
    ["dev  Initializing the backend...", { stack: "dev", text: "Initializing the backend..." }],
    ["     - Reusing", { stack: "dev", text: "- Reusing" }],
    ["", { stack: "dev", text: "" }],
    ["dev2", { stack: "dev2", text: "" }],
    ["shared  Plan: 1 to add", { stack: "shared", text: "Plan: 1 to add" }],
    ["        aws_vpc.a: Creating...", { stack: "shared", text: "aws_vpc.a: Creating..." }],
    ["    at Object.throw (node:internal)", undefined],
    ["        of nobody", undefined],
  ])("%j is of its stack", (line, expected) => {
    expect(lineOf(line)).toEqual(expected);
  });
});
