import type { Environment } from "../../system/system";
import type { Parties } from "../parties";
import type { ForbiddenCall } from "../request";

/** Every call that must be denied to the roles of one delivery, and to everyone else on its resources. */
export const deliveryGuards = (
  _own: Parties,
  _others: readonly Parties[],
  _stateBucket: string,
): ForbiddenCall[] => [];

export const environmentGuards = (_environment: Environment, _region: string): ForbiddenCall[] => [];

export const stateGuards = (_stateBucket: string, _sharedId: string): ForbiddenCall[] => [];
