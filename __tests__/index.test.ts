import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as library from "../src";

const folder = join(__dirname, "..", "src", "constructs");
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join(folder, file), "utf8"))
  .join("\n");

/** What the constructs' files export under this pattern. */
const exportsOf = (pattern: RegExp) => [...sources.matchAll(pattern)].map(([, name = ""]) => name);

describe("the library", () => {
  it("exports every construct", () => {
    const constructs = exportsOf(/^export class (\w+)/gm);
    expect(constructs).toContain("BlueGreenService");
    expect(Object.keys(library)).toEqual(expect.arrayContaining(constructs));
  });

  it("exports every action of a pipeline", () => {
    const actions = exportsOf(/^export function (\w+Action)\(/gm);
    expect(actions).toContain("blueGreenDeployAction");
    expect(Object.keys(library)).toEqual(expect.arrayContaining(actions));
  });

  it("exports the whole system of a configuration", () => {
    expect(Object.keys(library)).toEqual(
      expect.arrayContaining(["buildApp", "loadSystem", "systemOf", "ConfigError"]),
    );
  });
});
