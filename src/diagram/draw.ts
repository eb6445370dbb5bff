import type { Graph, Subgraph } from "@viz-js/viz";
import type { Diagram, DiagramAccount, DiagramEdge, DiagramNode, DiagramStack } from "./diagram";

/** What is said of a part of the drawing: a class for its color, and a line of text. */
export interface Mark {
  readonly className: string;
  readonly text: string;
}

/** What is said of nodes, by their key, and of stacks, by their name. */
export interface Marks {
  readonly nodes: ReadonlyMap<string, Mark>;
  readonly stacks: ReadonlyMap<string, Mark>;
}

const UNMARKED: Marks = { nodes: new Map(), stacks: new Map() };

/** Graphviz knows the widths of Arial; Liberation Sans and Helvetica have the same. */
const FONT = "Arial";

/**
 * Draws a system as SVG: a box for each account, in it one for each stack, and the delivery's chain.
 *
 * @param style CSS that colors it by class, in light and dark.
 */
export async function drawDiagram(diagram: Diagram, style: string, marks = UNMARKED): Promise<string> {
  const { instance } = await import("@viz-js/viz");
  const viz = await instance();
  return asPicture(viz.renderString(graphOf(diagram, marks), { format: "svg" }), style);
}

function graphOf({ accounts, edges, outside }: Diagram, marks: Marks): Graph {
  const text = { fontname: FONT, fontsize: 12 };
  return {
    directed: true,
    graphAttributes: { rankdir: "LR", ranksep: 0.3, nodesep: 0.2, bgcolor: "transparent", ...text },
    nodeAttributes: { shape: "box", style: "rounded", margin: "0.16,0.07", ...text },
    edgeAttributes: { arrowsize: 0.7, ...text },
    nodes: outside.map((node) => drawnNode(node, marks)),
    edges: edges.map(drawnEdge),
    subgraphs: accounts.map((account) => drawnAccount(account, marks)),
  };
}

const drawnAccount = ({ id, name, stacks }: DiagramAccount, marks: Marks): Subgraph => ({
  name: `cluster account ${id}`,
  graphAttributes: {
    label: heading(`${name === undefined ? "" : `${name} `}account ${id}`),
    ...{ class: "account", labeljust: "l", style: "rounded", margin: 12 },
  },
  subgraphs: stacks.map((stack) => drawnStack(stack, marks)),
});

function drawnStack({ name, nodes }: DiagramStack, { nodes: marked, stacks }: Marks): Subgraph {
  const mark = stacks.get(name);
  return {
    name: `cluster stack ${name}`,
    graphAttributes: {
      label: heading(`stack ${name}${mark ? `: ${mark.text}` : ""}`),
      ...{ class: `stack ${mark?.className ?? "unmarked"}`, labeljust: "l", style: "rounded", margin: 8 },
    },
    nodes: nodes.map((node) => drawnNode(node, { nodes: marked, stacks })),
  };
}

function drawnNode({ key, name, title }: DiagramNode, { nodes }: Marks) {
  const mark = nodes.get(key);
  const label = lines(title, ...wrapped(name), ...(mark ? [mark.text] : []));
  return { name: key, attributes: { label, class: mark?.className ?? "unmarked" } };
}

const drawnEdge = ({ crosses, from, label, to }: DiagramEdge) => ({
  tail: from,
  head: to,
  attributes: { label: lines(` ${label} `), class: crosses ? "crossing" : "within" },
});

/** A label of lines. In a label of Graphviz a backslash begins an escape. */
const lines = (...texts: readonly string[]) => texts.map((text) => text.replaceAll("\\", "\\\\")).join("\n");

/** A label that starts at the left, whatever the width of the reader's font. */
const heading = (line: string) => `${lines(line)}\\l`;

/** A longer name has a second line, so that the whole chain fits on a page. */
const LONG_NAME = 18;

/** A name in lines that end after a hyphen or a slash. */
function wrapped(name: string): string[] {
  if (name.length <= LONG_NAME) return [name];
  const head = name.slice(0, LONG_NAME);
  const end = Math.max(head.lastIndexOf("-"), head.lastIndexOf("/"), head.lastIndexOf(" ")) + 1;
  const length = end > 0 ? end : LONG_NAME;
  return [name.slice(0, length), ...wrapped(name.slice(length))];
}

/** Without the comments and the document type of Graphviz, and with a size that follows the page. */
function asPicture(svg: string, style: string): string {
  const [, width = "", height = ""] = /<svg width="(\d+)pt" height="(\d+)pt"/.exec(svg) ?? [];
  return svg
    .slice(svg.indexOf("<svg"))
    .replaceAll(/<!--.*?-->\n?/gs, "")
    .replace(
      /<svg width="\d+pt" height="\d+pt"/,
      `<svg role="img" aria-label="Architecture" class="diagram" width="${width}" height="${height}"`,
    )
    .replace(/>/, `>\n<style>${style}</style>`);
}
