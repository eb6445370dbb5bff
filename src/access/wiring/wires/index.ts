import type { Config } from "../../../config/schema";
import { environmentsOf } from "../../chain/environment";
import type { Parties } from "../../parties";
import { bucketWires } from "./bucket";
import { buildWires } from "./build";
import { environmentWires } from "./environment";
import { pipelineWire } from "./pipeline";
import { releaseWires } from "./release";
import { repositoryWires } from "./repository";
import { serviceWires } from "./service";
import { triggerWires } from "./trigger";
import type { Wire } from "./wire";

/** Every resource of a system that names a role, a key or a bucket, or that decides what a pipeline does. */
export const wiresOf = (config: Config, deliveries: readonly Parties[]): Wire[] => [
  ...repositoryWires(deliveries),
  ...deliveries.flatMap(deliveryWires),
  ...environmentsOf(config).flatMap(environmentWires),
  ...bucketWires({ account: config.accounts.shared?.id ?? "", bucket: config.state.bucket }),
];

const deliveryWires = (parties: Parties): Wire[] => [
  pipelineWire(parties),
  ...triggerWires(parties),
  ...buildWires(parties),
  ...bucketWires({ account: parties.shared, bucket: parties.names.artifactBucket, key: parties.key }),
  ...serviceWires(parties),
  ...releaseWires(parties),
];
