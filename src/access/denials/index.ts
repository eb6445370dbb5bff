import type { Denial } from "../request";
import { environmentRoleDenials } from "./environment-roles";
import { everywhereDenials } from "./everywhere";
import type { Scene } from "./rows";
import { sharedRoleDenials } from "./shared-roles";
import { storeDenials } from "./store";
import { trustDenials } from "./trusts";

export type { Scene } from "./rows";

/** Everything that one service's delivery to one environment must be refused. */
export const denialsOf = (scene: Scene, stateBucket: string): Denial[] => [
  ...trustDenials(scene),
  ...sharedRoleDenials(scene),
  ...environmentRoleDenials(scene),
  ...storeDenials(scene),
  ...everywhereDenials(scene.own, stateBucket),
];
