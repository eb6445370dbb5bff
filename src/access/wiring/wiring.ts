import type { Config } from "../../config/schema";
import type { Evidence } from "../evidence/documents";
import type { Stacks } from "../evidence/synthesis";
import { allParties } from "../parties";
import { differences } from "./difference";
import { resourcesIn, type Resource } from "./resources";
import { identitiesOf, usesOf } from "./uses";
import { wiresOf } from "./wires";
import type { Wire } from "./wires/wire";
import type { WiringFault } from "./wiring-fault";

/**
 * Everything in the stacks that leads away from the chain: a proof of policies alone would not see a
 * pipeline that runs with another role or encrypts with another key, nor a second one with the same role.
 */
export function wiringFaults(config: Config, evidence: Evidence, stacks: Stacks): WiringFault[] {
  const deliveries = allParties(config, evidence);
  const resources = resourcesIn(stacks);
  const wired = wiresOf(config, deliveries).map((wire) => candidatesOf(wire, resources));
  const expected = new Set(wired.flatMap((candidates) => bestOf(candidates)?.resource ?? []));
  const further = resources.filter((resource) => !expected.has(resource));
  return [
    ...wired.flatMap((candidates) => candidates.flatMap(({ faults }) => faults)),
    ...usesOf(identitiesOf(config, deliveries), further),
  ];
}

/** What may be the resource of a wire, with its faults; nothing but a fault if there is none. */
interface Candidate {
  readonly resource?: Resource;
  readonly faults: readonly WiringFault[];
}

function candidatesOf(wire: Wire, resources: readonly Resource[]): readonly Candidate[] {
  const { account, block, by, type } = wire;
  const found = resources.filter(
    (resource) =>
      resource.type === type &&
      resource.account === account &&
      by.some((key) => resource.block[key] === block[key]),
  );
  return found.length > 0
    ? found.map((resource) => ({ resource, faults: misfits(wire, resource) }))
    : [{ faults: [missing(wire)] }];
}

/** One that fits, or else the first; any further one is a further use. */
const bestOf = (candidates: readonly Candidate[]) =>
  candidates.find(({ faults }) => faults.length === 0) ?? candidates[0];

const nameOf = ({ block, by: [key] }: Wire) => String(block[key]);

const misfits = (wire: Wire, { account, block, stack, type }: Resource): WiringFault[] =>
  differences(wire.block, block).map((one) => ({ account, stack, type, name: nameOf(wire), ...one }));

const missing = (wire: Wire): WiringFault => ({
  account: wire.account,
  type: wire.type,
  name: nameOf(wire),
  path: wire.by[0],
  expected: nameOf(wire),
});
