import type { RunSimulationResults, Simulation } from "@cloud-copilot/iam-simulate";
import { InputError } from "../../errors";
import { reuseCollator } from "./collation";

/** Evaluates one request, as AWS does. */
export type Simulate = (simulation: Simulation) => Promise<RunSimulationResults>;

const PACKAGES = ["@cloud-copilot/iam-simulate", "@cloud-copilot/iam-policy"];

const importAll = () =>
  Promise.all([import("@cloud-copilot/iam-simulate"), import("@cloud-copilot/iam-policy")] as const);

/**
 * Loads the simulator, which validates each policy document once: many requests have the same document.
 *
 * @throws InputError that says how to install the simulator: it is AGPL, so it is not a dependency.
 */
export async function loadSimulator(load = importAll): Promise<Simulate> {
  const [{ runSimulation }, { createValidatedPolicy, validateIdentityPolicy, validateResourcePolicy }] =
    await load().catch(refuse);
  reuseCollator();
  const known = new WeakMap<object, object>();
  const validated = (document: object, validate: typeof validateIdentityPolicy) => {
    const policy = known.get(document) ?? createValidatedPolicy(document, validate);
    known.set(document, policy);
    return policy;
  };
  return ({ identityPolicies, ...simulation }) => {
    const resourcePolicy = simulation.resourcePolicy as object | undefined;
    return runSimulation(
      {
        ...simulation,
        identityPolicies: identityPolicies.map(({ name, policy }) => ({
          name,
          policy: validated(policy as object, validateIdentityPolicy),
        })),
        resourcePolicy: resourcePolicy && validated(resourcePolicy, validateResourcePolicy),
      },
      {},
    );
  };
}

function refuse(error: unknown): never {
  if (!/MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
  throw new InputError(
    `the permission proof needs an IAM simulator: run npm install --save-dev ${PACKAGES.join(" ")}`,
  );
}
