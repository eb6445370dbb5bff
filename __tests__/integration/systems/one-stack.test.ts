import { stackNames } from "../../../src/app";
import { stackFilesOf } from "../../../src/cli/synth";
import { systemOf } from "../../../src/system/system";
import { configFile } from "../../support/synth-app";

describe.each(["codeseries.yaml", "__tests__/fixtures/three-environments.yaml"])("%s", (file) => {
  const config = configFile(file);
  const whole = stackFilesOf(config);

  it("gives the same bytes in a second synthesis", () => {
    expect(stackFilesOf(config)).toEqual(whole);
  });

  it("has a file for each stack name", () => {
    const files = stackNames(systemOf(config)).map((name) => `stacks/${name}/cdk.tf.json`);
    expect([...whole.keys()].sort()).toEqual(["manifest.json", ...files.sort()]);
  });

  it.each(stackNames(systemOf(config)))(
    "gives %s by itself the bytes, and the place in the manifest, that it has among the others",
    (stack) => {
      const files = stackFilesOf(config, stack);
      const path = `stacks/${stack}/cdk.tf.json`;
      expect([...files.keys()].sort()).toEqual(["manifest.json", path]);
      expect(files.get(path)).toBe(whole.get(path));

      const entryIn = (manifest = "") =>
        (JSON.parse(manifest) as { stacks: Record<string, object> }).stacks[stack];
      const entry = entryIn(files.get("manifest.json"));
      expect(entry).toBeDefined();
      expect(entry).toEqual(entryIn(whole.get("manifest.json")));
    },
  );
});
