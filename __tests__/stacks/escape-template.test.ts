import { escapeTemplate, escapeTemplates } from "../../src/stacks/escape-template";

describe("escaped text", () => {
  it.each([
    ["${a}", "$${a}"],
    ["%{if}", "%%{if}"],
    ["$a %b {c}", "$a %b {c}"],
    ["$${a}", "$$${a}"],
    ["#{SourceVariables.CommitId}", "#{SourceVariables.CommitId}"],
  ])("keeps %s from Terraform's templates", (text, escaped) => {
    expect(escapeTemplate(text)).toBe(escaped);
  });

  it("escapes the values of a mapping, not its keys", () => {
    expect(escapeTemplates({ "${k}": "${v}" })).toEqual({ "${k}": "$${v}" });
  });
});
