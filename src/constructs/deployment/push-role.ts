import { Construct } from "constructs";
import { Role } from "../iam/role";
import { trustRole } from "../iam/trust";
import { WRITE_IMAGE } from "../iam/write-images";

export interface PushRoleProps {
  readonly name: string;
  /** Account and role of the build. The role need not exist yet. */
  readonly buildAccountId: string;
  readonly buildRoleArn: string;
  readonly containerRepositoryArn: string;
}

/** Allows a build in the shared account to push images to one repository of this account. */
export class PushRole extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, props: PushRoleProps) {
    super(scope, id);

    this.arn = new Role(this, "role", {
      name: props.name,
      description: "Pushes images from the shared account's build",
      trust: trustRole(props.buildAccountId, props.buildRoleArn),
      permissions: [
        // GetAuthorizationToken does not support resource-level permissions.
        { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
        {
          sid: "PushImage",
          actions: [...WRITE_IMAGE, "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:DescribeImages"],
          resources: [props.containerRepositoryArn],
        },
      ],
    }).arn;
  }
}
