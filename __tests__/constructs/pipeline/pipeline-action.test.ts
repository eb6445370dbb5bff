import { BUILD_ARTIFACT, SOURCE_ARTIFACT } from "../../../src/constructs/pipeline/pipeline-action";

describe("artifacts", () => {
  it("are two", () => {
    expect(SOURCE_ARTIFACT).not.toBe(BUILD_ARTIFACT);
  });

  it.each([SOURCE_ARTIFACT, BUILD_ARTIFACT])("have a name that CodePipeline takes: %s", (name) => {
    expect(name).toMatch(/^[A-Za-z0-9_-]{1,100}$/);
  });
});
