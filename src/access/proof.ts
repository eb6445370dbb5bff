import type { Config } from "../config/schema";
import { evaluate, finder, type Applicable, type Decision } from "./evaluate";
import type { Evidence } from "./evidence/documents";
import { policiesOf, type Policy } from "./evidence/policy";
import { requestsOf, type Denial, type Hop, type Request } from "./request";
import { sectionsOf, type Lane } from "./sections";

/** A call, and what AWS answers. */
export interface Call {
  readonly request: Request;
  readonly decision: Decision;
}

/** A row of the chain, or a denial, with the answer to each of its calls. */
export interface Answered<Row extends Hop | Denial> {
  readonly row: Row;
  readonly calls: readonly Call[];
  /** Whether every call got the answer that it must get. */
  readonly holds: boolean;
}

export interface ProvenSection {
  readonly title: string;
  readonly lanes: readonly Lane[];
  readonly stages: readonly { readonly name: string; readonly hops: readonly Answered<Hop>[] }[];
  readonly denials: readonly Answered<Denial>[];
}

/** What was asked of the policies, and what they answered. */
export interface Proof {
  readonly policies: readonly Policy[];
  readonly sections: readonly ProvenSection[];
}

/** Is told what goes on. */
export type Progress = (text: string) => void;

/** Asks everything that the configuration's system needs, and everything that it must refuse. */
export async function prove(
  config: Config,
  evidence: Evidence,
  progress: Progress = () => undefined,
): Promise<Proof> {
  const policies = policiesOf(evidence);
  const find = finder(policies);
  const sections: ProvenSection[] = [];
  for (const { denials, stages, ...section } of sectionsOf(config, evidence)) {
    progress(`asking for ${section.title}`);
    sections.push({
      ...section,
      stages: await inTurn(stages, async ({ name, hops }) => ({
        name,
        hops: await inTurn(hops, (hop) => answer(hop, find, isAllowed)),
      })),
      denials: await inTurn(denials, (denial) => answer(denial, find, isRefused)),
    });
  }
  return { policies, sections };
}

export const isAllowed = ({ result }: Decision) => result === "Allowed";
export const isRefused = (decision: Decision) => !isAllowed(decision);

async function answer<Row extends Hop | Denial>(
  row: Row,
  find: (request: Request) => Applicable,
  right: (decision: Decision) => boolean,
): Promise<Answered<Row>> {
  const calls = await inTurn(requestsOf(row), async (request) => ({
    request,
    decision: await evaluate(request, find(request)),
  }));
  return { row, calls, holds: calls.every(({ decision }) => right(decision)) };
}

/** One after another: the order of the answers, and of any error, is that of the questions. */
async function inTurn<From, To>(values: readonly From[], work: (value: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}
