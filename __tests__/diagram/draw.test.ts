import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readTemplate } from "../../src/cli/template";
import { diagramOf, drawDiagram, type Diagram, type Mark } from "../../src/diagram";
import { configFile, synthApp } from "../support/synth-app";

const read = (file: string) => readFileSync(join(__dirname, "..", "..", file), "utf8");

const box = (key: string, name: string) => ({ key, title: "ECS service", name, addresses: [] });
const withNodes = (...nodes: ReturnType<typeof box>[]): Diagram => {
  return { accounts: [{ id: "1", stacks: [{ name: "dev", nodes }] }], outside: [], edges: [] };
};

describe("the picture", () => {
  it("in the README is of the shipped system: run npx codeseries synth && npx codeseries diagram > docs/architecture.svg", async () => {
    const drawn = await drawDiagram(
      diagramOf(synthApp(configFile("codeseries.yaml"))),
      readTemplate("diagram.css"),
    );
    expect(read("docs/architecture.svg").trimEnd()).toBe(drawn.trimEnd());
    expect(read("README.md")).toContain("(docs/architecture.svg)");
  });

  it("shows what is said of a node and of a stack, by color and in words", async () => {
    const mark: Mark = { className: "dangerous", text: "2 changes" };
    const marks = { nodes: new Map([["a", mark]]), stacks: new Map([["dev", mark]]) };
    const svg = await drawDiagram(withNodes(box("a", "one"), box("b", "two")), "", marks);
    expect(svg.match(/class="node dangerous"/g)).toHaveLength(1);
    expect(svg).toMatch(/class="cluster stack dangerous"/);
    expect(svg).toMatch(/>stack dev: 2 changes</);
    expect(svg).toMatch(/>2 changes</);
  });

  it.each([
    ["<script>alert(1)</script>", "&lt;script&gt;"],
    ["a\\Nb\\l", "a\\Nb\\l"],
    ["", "ECS service"],
    ['"&<b>', "&quot;&amp;&lt;b&gt;"],
  ])("has the name %j as text", async (name, expected) => {
    const svg = await drawDiagram(withNodes(box("a", name)), "");
    expect(svg).toContain(expected);
    expect(svg).not.toMatch(/<script|<b>/);
  });

  it("asks for no other file", async () => {
    const svg = await drawDiagram(withNodes(box("a", "one")), readTemplate("diagram.css"));
    expect(svg).not.toMatch(/\b(href|src|url\()|@import/);
  });
});
