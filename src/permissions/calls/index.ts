import type { Environment } from "../../system/system";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";

/** One part of a delivery. */
export interface Stage {
  readonly name: string;
  readonly calls: readonly RequiredCall[];
}

/** Every call that one service's delivery to one environment needs, in order. */
export const requiredStages = (_parties: Parties): Stage[] => [];

/** The calls that an environment needs once. */
export const environmentCalls = (_environment: Environment, _region: string): RequiredCall[] => [];

/** The calls of Terraform on its state. @param bucket The bucket's name. */
export const stateCalls = (_bucket: string, _sharedId: string): RequiredCall[] => [];
