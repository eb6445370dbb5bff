import { sorted, type Evidence } from "../access/evidence/documents";
import { synthesizedEvidence } from "../access/evidence/synthesized";
import { prove } from "../access/proof";
import { reportHtml } from "../access/report/page";
import { isProven, reportOf } from "../access/report/report";
import { documentsJson, reportJson } from "../access/report/report-json";
import { reportTable } from "../access/report/table";
import { wiringFaults } from "../access/wiring/wiring";
import type { Config } from "../config/schema";
import { reachableConfig } from "../local/overrides";
import type { Progress } from "../process/progress";
import { loadSystem } from "../system/load";
import { configFileOf, outdirOf } from "./paths";
import { readStacks } from "./read-stacks";
import { synthesisDifferences } from "./synthesis-differences";
import type { TerminalStyle } from "./ui";

/** What a proof found, in each form. */
export interface PermissionReport {
  readonly proven: boolean;
  readonly text: (style: TerminalStyle) => string;
  readonly json: () => string;
  readonly html: () => string;
}

/** The policies of a system, and the proof of them. */
export interface PermissionProof {
  readonly policies: () => string;
  readonly report: (progress: Progress) => Promise<PermissionReport>;
}

/** Reads the policies from the output folder, or from AWS. This file alone knows how permissions are proven. */
export async function readPolicies(env: NodeJS.ProcessEnv, deployed: boolean): Promise<PermissionProof> {
  const { config } = loadSystem(configFileOf(env));
  const outdir = outdirOf(env);
  const stacks = deployed ? undefined : readStacks(outdir, config);
  const evidence = stacks
    ? synthesizedEvidence(stacks)
    : await evidenceInAws(reachableConfig(config, env.AWS_ENDPOINT_URL));
  return {
    policies: () => documentsJson(sorted(evidence)),
    report: async (progress) => {
      const proof = await prove(config, evidence, (text) => {
        progress.live(text);
      });
      const report = reportOf(
        proof,
        stacks && {
          wiring: wiringFaults(config, evidence, stacks),
          differences: synthesisDifferences(config, outdir, stacks),
        },
      );
      return {
        proven: isProven(report),
        text: (style) => reportTable(report, style),
        json: () => reportJson(report),
        html: () => reportHtml(report),
      };
    },
  };
}

async function evidenceInAws(config: Config): Promise<Evidence> {
  const { deployedEvidence } = await import("../access/deployed");
  const { accountCredentials } = await import("../aws/client-settings");
  return deployedEvidence(config, (account) => accountCredentials(account, config.region));
}
