import type { Config } from "../config/schema";
import { differences } from "./difference";
import type { Evidence } from "./documents";
import { allParties } from "./parties";
import { resourcesIn, type Resource } from "./resources";
import type { Stacks } from "./synthesis";
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
  const wired = wiresOf(config, deliveries).map((wire) => ({
    wire,
    found: resources.filter(isMeantBy(wire)),
  }));
  const expected = new Set(wired.flatMap(({ found }) => found.slice(0, 1)));
  const further = resources.filter((resource) => !expected.has(resource));
  return [
    ...wired.flatMap(({ found, wire }) =>
      found.length > 0 ? found.flatMap(misfits(wire)) : [missing(wire)],
    ),
    ...usesOf(identitiesOf(config, deliveries), further),
  ];
}

const isMeantBy =
  ({ account, block, by, type }: Wire) =>
  (resource: Resource) =>
    resource.type === type &&
    resource.account === account &&
    by.some((key) => resource.block[key] === block[key]);

const nameOf = ({ block, by: [key] }: Wire) => String(block[key]);

const misfits =
  (wire: Wire) =>
  ({ account, block, stack, type }: Resource): WiringFault[] =>
    differences(wire.block, block).map((one) => ({ account, stack, type, name: nameOf(wire), ...one }));

const missing = (wire: Wire): WiringFault => ({
  account: wire.account,
  type: wire.type,
  name: nameOf(wire),
  path: wire.by[0],
  expected: nameOf(wire),
});
