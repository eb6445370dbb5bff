import { diagramOf, drawDiagram, type Diagram, type Mark, type Marks } from "../../diagram";
import { reviewHtml, type Review } from "../../review";
import { readStacks } from "../../synthesis/read-stacks";
import { readTemplate } from "../template";

type Change = Review["stacks"][number]["changes"][number];

/** The worst first. */
const VERDICTS = ["dangerous", "look", "expected", "safe"] as const;

/** A review as a page. */
export async function reviewPage(review: Review, outdir: string): Promise<string> {
  const style = readTemplate("page.css") + readTemplate("review.css");
  return reviewHtml(review, style, await reviewPicture(review, outdir));
}

/** The architecture with what changes; undefined if the output folder has none of the reviewed stacks. */
async function reviewPicture(review: Review, outdir: string): Promise<string | undefined> {
  const stacks = readStacks(outdir);
  if (!stacks || !review.stacks.some(({ name }) => name in stacks)) return undefined;
  const diagram = diagramOf(stacks);
  return drawDiagram(diagram, readTemplate("diagram.css"), marksOf(review, diagram));
}

/** What a review says of each part of a diagram. */
export function marksOf({ stacks: reviewed }: Review, { accounts }: Diagram): Marks {
  const drawn = accounts.flatMap(({ stacks }) => stacks);
  const nodes = drawn.flatMap(({ name, nodes: own }) => {
    const changes = reviewed.find((one) => one.name === name)?.changes ?? [];
    return own.flatMap(({ addresses, key }) => {
      const mark = markOf(changes.filter(({ address }) => addresses.includes(address)));
      return mark ? [[key, mark] as const] : [];
    });
  });
  const stacks = reviewed.flatMap(({ changes, name }) => {
    const mark = markOf(changes);
    return mark ? [[name, mark] as const] : [];
  });
  return { nodes: new Map(nodes), stacks: new Map(stacks) };
}

function markOf(changes: readonly Change[]): Mark | undefined {
  const counted = VERDICTS.map((verdict) => ({
    verdict,
    count: changes.filter((change) => change.verdict === verdict).length,
  })).filter(({ count }) => count > 0);
  const [worst] = counted;
  if (!worst) return undefined;
  const className = worst.verdict === "expected" ? "safe" : worst.verdict;
  return { className, text: counted.map(({ count, verdict }) => `${count} ${verdict}`).join(", ") };
}
