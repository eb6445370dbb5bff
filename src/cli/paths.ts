import { variable } from "../process/variable";

/** The environment variables of commands. */
export const VARIABLES = {
  CODESERIES_CONFIG: "the configuration file (codeseries.yaml)",
  CDKTF_OUTDIR: "the output folder (cdktf.out)",
  CODESERIES_LOCAL: "the folder of the embedded AWS (.local)",
  CODESERIES_PROVIDER_MIRROR: "a folder of Terraform providers, used instead of the registry",
} as const;

export type VariableName = keyof typeof VARIABLES;

export const configFileOf = (env: NodeJS.ProcessEnv) =>
  variable(env, "CODESERIES_CONFIG") ?? "codeseries.yaml";

/** The folder that stacks are synthesized into. */
export const outdirOf = (env: NodeJS.ProcessEnv) => variable(env, "CDKTF_OUTDIR") ?? "cdktf.out";
