import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { Config } from "../config/schema";
import { PrivateBucket } from "../constructs/storage/private-bucket";
import { AccountStack } from "./account-stack";

/** A state's history is the way back from a mistake. */
const STATE_HISTORY_DAYS = 365;

/** The bucket of every stack's Terraform state, its own included. */
export class BootstrapStack extends AccountStack {
  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { config, account: "shared", tags: { Environment: "shared" } });

    const bucket = new PrivateBucket(this, "state", {
      bucketName: config.state.bucket,
      forceDestroy: false,
      preventDestroy: true,
      noncurrentVersionDays: STATE_HISTORY_DAYS,
    });
    new TerraformOutput(this, "state_bucket", { value: bucket.bucketName, staticId: true });
  }
}
