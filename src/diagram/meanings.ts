/** What it means that one drawn resource refers to another. */
interface Meaning {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  /** Whether the arrow points at the one that refers. */
  readonly backwards?: true;
}

const MEANINGS: readonly Meaning[] = [
  { from: "aws_codepipeline", to: "aws_codecommit_repository", label: "push", backwards: true },
  { from: "aws_codepipeline", to: "aws_s3_bucket", label: "artifacts" },
  { from: "aws_codepipeline", to: "aws_codebuild_project", label: "build" },
  { from: "aws_codepipeline", to: "aws_codedeploy_deployment_group", label: "release" },
  { from: "aws_codebuild_project", to: "aws_ecr_repository", label: "image" },
  { from: "aws_ecs_service", to: "aws_ecr_repository", label: "image", backwards: true },
  { from: "aws_codedeploy_deployment_group", to: "aws_ecs_service", label: "blue, green" },
  { from: "aws_ecs_service", to: "aws_lb", label: "requests", backwards: true },
];

/** The meaning of a reference between two types; undefined if it is not drawn. */
export const meaningOf = (from: string, to: string): Meaning | undefined =>
  MEANINGS.find((one) => one.from === from && one.to === to);
