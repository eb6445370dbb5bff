import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { PrivateBucket } from "../constructs/storage/private-bucket";
import type { System } from "../system/system";
import { AccountStack } from "./account-stack";

/** Earlier versions of a state are the way back from a mistake. */
const STATE_HISTORY_DAYS = 365;

/** The bucket of every stack's Terraform state, its own included. */
export class BootstrapStack extends AccountStack {
  constructor(scope: Construct, id: string, system: System) {
    super(scope, id, { system, account: system.shared, tags: { Environment: "shared" } });

    const bucket = new PrivateBucket(this, "state", {
      bucketName: system.stateBucket,
      forceDestroy: false,
      preventDestroy: true,
      noncurrentVersionDays: STATE_HISTORY_DAYS,
    });
    new TerraformOutput(this, "state_bucket", { value: bucket.bucketName, staticId: true });
  }
}
