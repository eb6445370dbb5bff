import { reachableConfig } from "../local/overrides";
import {
  policiesJson,
  policiesOfStacks,
  provePermissions,
  reportHtml,
  reportJson,
  summaryText,
  tableText,
} from "../permissions";
import type { Progress } from "../process/progress";
import { stalePlaces } from "../synthesis/stale";
import { loadSystem } from "../system/load";
import { systemOf } from "../system/system";
import { stacksOf, terraformFiles } from "./output-files";
import { configFileOf, outdirOf } from "./paths";
import { stackFilesOf } from "./synth";
import type { TerminalStyle } from "./ui";

/** What a proof found, in each form. */
export interface PermissionReport {
  readonly proven: boolean;
  readonly text: (style: TerminalStyle, verbose: boolean) => string;
  readonly json: () => string;
  readonly html: () => string;
}

/** The policies of a system, and the proof of them. */
export interface PermissionProof {
  readonly policies: () => string;
  readonly report: (progress: Progress) => Promise<PermissionReport>;
}

/** Reads the policies from a new synthesis, or from AWS. */
export async function readPolicies(env: NodeJS.ProcessEnv, deployed: boolean): Promise<PermissionProof> {
  const { config, system } = loadSystem(configFileOf(env));
  const files = deployed ? undefined : stackFilesOf(config);
  const policies = files
    ? policiesOfStacks(stacksOf(files))
    : // The AWS SDK takes long to load, so only --deployed does.
      await (
        await import("../permissions/read/aws")
      ).policiesInAws(systemOf(reachableConfig(config, env.AWS_ENDPOINT_URL)));
  return {
    policies: () => policiesJson(policies),
    report: async (progress) => {
      const written = files && terraformFiles(outdirOf(env), files);
      const stale = written && stalePlaces(written.synthesized, written.found);
      const report = await provePermissions(
        system,
        policies,
        (text) => {
          progress.live(text);
        },
        stale,
      );
      return {
        proven: report.proven,
        text: ({ paint }, verbose) =>
          [...(verbose ? [tableText(report, paint)] : []), summaryText(report, paint)].join("\n\n"),
        json: () => reportJson(report),
        html: () => reportHtml(report),
      };
    },
  };
}
