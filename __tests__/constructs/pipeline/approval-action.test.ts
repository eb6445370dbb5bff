import { approvalAction } from "../../../src/constructs/pipeline/approval-action";

describe("approvalAction", () => {
  const { action, permissions } = approvalAction();

  it("waits for a person", () => {
    expect(action).toMatchObject({ category: "Approval", owner: "AWS", provider: "Manual", version: "1" });
  });

  it("takes and leaves no artifact, and names no role", () => {
    expect(Object.keys(action).sort()).toEqual(["category", "name", "owner", "provider", "version"]);
  });

  it("needs nothing of the pipeline's role", () => {
    expect(permissions).toEqual([]);
  });
});
