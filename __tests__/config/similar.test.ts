import { newNameOf } from "../../src/config/renamed-keys";
import { similar } from "../../src/config/similar";
import { faultsAfter } from "../support/faults";

describe("a word that is like another", () => {
  const keys = ["source", "port", "path", "healthCheckPath", "desiredCount"];

  it.each([
    ["prot", "port"],
    ["health_check_path", "healthCheckPath"],
    ["HealthcheckPath", "healthCheckPath"],
    ["desired_cont", "desiredCount"],
    ["sourc", "source"],
    ["replicas", undefined],
    ["x", undefined],
  ])("is found by its letters: %s", (word, meant) => {
    expect(similar(word, keys)).toBe(meant);
  });

  it("is none in an empty list", () => {
    expect(similar("a", [])).toBeUndefined();
  });

  it.each([
    ["a key", ["port: 10012", "prot: 10012"], /awssdk-iam\.prot: .* got "prot"; did you mean port\?$/],
    [
      "an account",
      ["branch: develop", "account: dve\n    branch: develop"],
      /got "dve"; did you mean dev\?$/,
    ],
    [
      "an environment",
      ["      dev:\n        #", "      dve:\n        #"],
      /\.dve: expected one of dev, got "dve"; did you mean dev\?$/,
    ],
    [
      "a compute type",
      ["build: {", "build: { computeType: BUILD_GENERAL_SMALL,"],
      /did you mean BUILD_GENERAL1_SMALL\?$/,
    ],
  ] as [string, [string, string], RegExp][])("is proposed for %s", (_, change, expected) => {
    expect(faultsAfter(change)).toContainEqual(expect.stringMatching(expected));
  });
});

describe("a key of an earlier version", () => {
  const renamed = { "task.graceSeconds": "healthCheck.graceSeconds" };

  it("has its new name, in a service and in what an environment overrides", () => {
    expect(newNameOf(["services", "a", "task", "graceSeconds"], renamed)).toBe("healthCheck.graceSeconds");
    const overridden = ["services", "a", "environments", "dev", "task", "graceSeconds"];
    expect(newNameOf(overridden, renamed)).toBe("healthCheck.graceSeconds");
  });

  it("is no key that only ends alike", () => {
    expect(newNameOf(["services", "a", "subtask", "graceSeconds"], renamed)).toBeUndefined();
  });
});
