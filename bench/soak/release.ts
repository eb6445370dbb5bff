import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CodeDeployClient,
  UpdateDeploymentGroupCommand,
  type UpdateDeploymentGroupCommandInput,
} from "@aws-sdk/client-codedeploy";
import { writeRehearsalApp } from "../../src/local/rehearse/app";
import type { Step } from "../../src/local/rehearse/evidence";
import { rehearse } from "../../src/local/rehearse/rehearse";
import { pushFolder } from "../../src/local/use/push";
import { scaffoldRepository } from "../../src/repository/scaffold/scaffold";
import type { Soaked } from "./system";

/** How traffic moves, with the name of CodeDeploy's configuration. */
export const KINDS = {
  "all at once": "CodeDeployDefault.ECSAllAtOnce",
  canary: "CodeDeployDefault.ECSCanary10Percent5Minutes",
  linear: "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
} as const;

export type Kind = keyof typeof KINDS;

type GroupChange = Partial<UpdateDeploymentGroupCommandInput>;

async function updateGroup({ embedded, delivery }: Soaked, change: GroupChange): Promise<void> {
  const { account, names, region } = delivery;
  const codedeploy = embedded.clients.asService(CodeDeployClient, { accountId: account.id, region });
  await codedeploy.send(
    new UpdateDeploymentGroupCommand({
      applicationName: names.codeDeployApplication,
      currentDeploymentGroupName: names.deploymentGroup,
      ...change,
    }),
  );
}

/** Has the next releases move traffic in this way. */
export const setKind = (soaked: Soaked, kind: Kind) =>
  updateGroup(soaked, { deploymentConfigName: KINDS[kind] });

/** Has the next releases not wait before they end the old version. */
export const endBlueAtOnce = (soaked: Soaked) =>
  updateGroup(soaked, {
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: { action: "TERMINATE", terminationWaitTimeInMinutes: 0 },
      deploymentReadyOption: { actionOnTimeout: "CONTINUE_DEPLOYMENT" },
    },
  });

export interface Released {
  /** From the push to the end of the old version. */
  readonly seconds: number;
  readonly steps: readonly Step[];
}

/** Pushes a new version, and follows its release to the end. @throws Error if it does not succeed. */
export async function release(soaked: Soaked, version: string): Promise<Released> {
  const { configFile, delivery, embedded } = soaked;
  const folder = mkdtempSync(join(tmpdir(), "codeseries-soak-"));
  const silent = { note: () => undefined, live: () => undefined, clear: () => undefined };
  const began = performance.now();
  try {
    const { branch, service, settings } = delivery;
    writeRehearsalApp(folder, "release", delivery, version);
    if (settings.build.buildspec !== undefined) scaffoldRepository(configFile, service.name, folder, true);
    const push = () => pushFolder({ service, branch, folder, message: `Release ${version}` });
    const run = { kind: "release", embedded, delivery, progress: silent, push } as const;
    const { after, steps } = await rehearse(run);
    const status = after.execution?.status ?? "none";
    if (status !== "Succeeded")
      throw new Error(`version ${version}: the execution ended as ${status}: ${JSON.stringify(steps)}`);
    return { seconds: (performance.now() - began) / 1000, steps };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
