import { variable } from "../process/variable";
import type { Environment } from "./command";

/** The configuration file. */
export const configFileOf = (env: Environment) => variable(env, "CODESERIES_CONFIG") ?? "codeseries.yaml";

/** The folder that stacks are synthesized into. */
export const outdirOf = (env: Environment) => variable(env, "CDKTF_OUTDIR") ?? "cdktf.out";
