import { literal, literals } from "../../src/stacks/literal";

describe("literal text", () => {
  it.each([
    ["${a}", "$${a}"],
    ["%{if}", "%%{if}"],
    ["$a %b {c}", "$a %b {c}"],
    ["$${a}", "$$${a}"],
    ["#{SourceVariables.CommitId}", "#{SourceVariables.CommitId}"],
  ])("keeps %s from Terraform's templates", (text, escaped) => {
    expect(literal(text)).toBe(escaped);
  });

  it("escapes the values of a mapping, not its keys", () => {
    expect(literals({ "${k}": "${v}" })).toEqual({ "${k}": "$${v}" });
  });
});
