import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config/load";
import { faultsIn } from "../support/faults";

describe("loading a configuration", () => {
  it.each([
    ["an empty file", "", ["c.yaml: expected a mapping, got an empty file"]],
    ["a file of comments", "# nothing\n", ["c.yaml: expected a mapping, got an empty file"]],
    ["plain text", "hello\n", ["c.yaml: expected a mapping, got plain text"]],
    ["a list", "- a\n", ["c.yaml: expected a mapping, got a list"]],
    ["a circle of aliases", "a: &x [*x]\n", [expect.stringMatching(/^c\.yaml: not a configuration: /)]],
  ])("names the file in one line for %s", (_, content, expected) => {
    expect(faultsIn(content)).toEqual(expected);
  });

  it("shows where a file stops being YAML", () => {
    expect(faultsIn("organization: bys\nregion: [a\n")).toEqual([
      expect.stringMatching(/^c\.yaml:3:1 not YAML: /),
    ]);
  });

  it("refuses a key that stands twice", () => {
    expect(faultsIn("region: a\nregion: b\n")).toEqual([
      "c.yaml:2:1 not YAML: region stands twice in its mapping",
    ]);
  });

  it("refuses aliases that expand without bound", () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(", ")}]\n`;
    const bomb = level("a", "1") + level("b", "*a") + level("c", "*b") + level("d", "*c") + level("e", "*d");
    expect(faultsIn(bomb)).toEqual([
      expect.stringMatching(/^c\.yaml: not a configuration: Excessive alias count/),
    ]);
  });

  it("names a file that does not exist, and how to choose another", () => {
    expect(() => loadConfig("nowhere.yaml", [])).toThrow(
      "nowhere.yaml: cannot be read: no such file; CODESERIES_CONFIG names the configuration file",
    );
  });

  it("names a file that is a folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "codeseries-test-"));
    expect(() => loadConfig(folder, [])).toThrow(`${folder}: cannot be read: EISDIR`);
  });
});
