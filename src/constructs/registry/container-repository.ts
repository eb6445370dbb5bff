import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Construct } from "constructs";

export interface ContainerRepositoryProps {
  readonly repositoryName: string;
  /** Whether Terraform may delete the images to destroy the repository. */
  readonly forceDelete: boolean;
}

const UNTAGGED_DAYS = 7;
/**
 * ECR counts images of failed builds and rejected releases too, and does not know which image runs. So many
 * that a service which is not released for a long time keeps its image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 */
const KEPT_IMAGES = 300;

/** An ECR repository with immutable tags: a rollback finds the same image again. */
export class ContainerRepository extends Construct {
  public readonly repositoryName: string;
  public readonly arn: string;
  public readonly url: string;

  constructor(scope: Construct, id: string, props: ContainerRepositoryProps) {
    super(scope, id);

    const repository = new EcrRepository(this, "repository", {
      name: props.repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "AES256" }],
      forceDelete: props.forceDelete,
    });
    new EcrLifecyclePolicy(this, "lifecycle", {
      repository: repository.name,
      policy: JSON.stringify({
        rules: [
          expire(1, "Untagged images", {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: UNTAGGED_DAYS,
          }),
          expire(2, "All but the newest images", {
            tagStatus: "any",
            countType: "imageCountMoreThan",
            countNumber: KEPT_IMAGES,
          }),
        ],
      }),
    });

    this.repositoryName = repository.name;
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }
}

const expire = (rulePriority: number, description: string, selection: object) => ({
  rulePriority,
  description,
  selection,
  action: { type: "expire" },
});
