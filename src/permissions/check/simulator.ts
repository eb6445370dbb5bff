import type {
  EvaluationResult,
  RunSimulationResults,
  Simulation,
  StatementExplain,
} from "@cloud-copilot/iam-simulate";
import { UnreadableError } from "../read/unreadable";

export type { EvaluationResult, Simulation, StatementExplain };

/** Evaluates one request, as AWS does. */
export type Simulate = (simulation: Simulation) => Promise<RunSimulationResults>;

/** What the simulator found for each statement. */
export type Analysis = Extract<RunSimulationResults, { resultType: "single" }>["result"]["analysis"];

const PACKAGE = "@cloud-copilot/iam-simulate";

/**
 * The simulator. It is licensed under the AGPL, so it is not a dependency of the package: a user installs it.
 *
 * @throws UnreadableError that says how to install it.
 */
export async function loadSimulator(load = () => import("@cloud-copilot/iam-simulate")): Promise<Simulate> {
  try {
    const { runSimulation } = await load();
    return (simulation) => runSimulation(simulation, {});
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new UnreadableError(
      `the permission proof needs ${PACKAGE}, which is not installed: run npm install --save-dev ${PACKAGE}`,
    );
  }
}
