import { added } from "./added";
import { admitted } from "./admitted";
import { alarmsWeakened } from "./alarms-weakened";
import { anotherAccount } from "./another-account";
import { anotherSystem } from "./another-system";
import { capacity } from "./capacity";
import { boundaryRemoved } from "./boundary-removed";
import { cutOff } from "./cut-off";
import { dataDestroyed } from "./data-destroyed";
import { deletionProtection } from "./deletion-protection";
import { deliveryChanged } from "./delivery-changed";
import { deliveryDestroyed } from "./delivery-destroyed";
import { deliveryFiles } from "./delivery-files";
import { drift } from "./drift";
import { encryptionWeakened } from "./encryption-weakened";
import { givenUp } from "./given-up";
import { groupReplaced } from "./group-replaced";
import { harmless } from "./harmless";
import { healthChecks } from "./health-checks";
import { idleGroup } from "./idle-group";
import { identityDestroyed } from "./identity-destroyed";
import { inlinePolicies } from "./inline-policies";
import { listenerMoved } from "./listener-moved";
import { liveTraffic } from "./live-traffic";
import { nameIgnored } from "./name-ignored";
import { otherUpdate, unknownType, unknownValues } from "./other";
import { policyAttached } from "./policy-attached";
import { policyUnknown } from "./policy-unknown";
import { publicAccess } from "./public-access";
import { refusedByEcs } from "./refused-by-ecs";
import { retentionShortened } from "./retention-shortened";
import { rightsGained } from "./rights-gained";
import { rightsLost } from "./rights-lost";
import { rollbackWeakened } from "./rollback-weakened";
import { routeNarrowed } from "./route-narrowed";
import type { Rule } from "./rule";
import { settingDestroyed } from "./setting-destroyed";
import { taskDefinition } from "./task-definition";
import { tlsWeakened } from "./tls-weakened";
import { trafficDestroyed } from "./traffic-destroyed";
import { versioningOff } from "./versioning-off";
import { wayOut } from "./way-out";

/** Every rule, the most severe first: of two findings with the same verdict, the first rule's is shown. */
export const rules: readonly Rule[] = [
  anotherAccount,
  anotherSystem,
  dataDestroyed,
  trafficDestroyed,
  identityDestroyed,
  liveTraffic,
  listenerMoved,
  idleGroup,
  rightsGained,
  inlinePolicies,
  boundaryRemoved,
  policyAttached,
  admitted,
  cutOff,
  groupReplaced,
  wayOut,
  routeNarrowed,
  refusedByEcs,
  publicAccess,
  encryptionWeakened,
  tlsWeakened,
  versioningOff,
  deletionProtection,
  rollbackWeakened,
  alarmsWeakened,
  retentionShortened,
  capacity,
  healthChecks,
  nameIgnored,
  rightsLost,
  policyUnknown,
  deliveryDestroyed,
  deliveryChanged,
  settingDestroyed,
  givenUp,
  unknownValues,
  drift,
  taskDefinition,
  deliveryFiles,
  otherUpdate,
  unknownType,
  added,
  harmless,
];
