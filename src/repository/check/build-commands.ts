import { IMAGE_DETAIL_FILE } from "../../delivery/files";
import type { Problem } from "./finding";

/** Commands that need what the roles of a delivery lack, or that undo what it relies on. */
const COMMANDS: readonly { readonly pattern: RegExp; readonly expected: string; readonly next: string }[] = [
  {
    pattern: /\baws\s+ecs\s+describe-task-definition\b/,
    expected: "no call of ecs:DescribeTaskDefinition, which the build's roles do not allow",
    next: "add a taskdef.json to the repository, or copy ${DELIVERY_FILES}/taskdef.json",
  },
  {
    pattern: /\baws\s+ecs\s+(?!describe-task-definition)[a-z-]+/,
    expected: "no call of ECS, which the build's roles do not allow",
    next: "remove it: the deploy action releases the image",
  },
  {
    pattern: /\baws\s+ecr\s+get-login(?!-password)\b/,
    expected: "aws ecr get-login-password",
    next: "version 2 of the AWS CLI has no get-login",
  },
  {
    pattern: /\bdocker\s+(image\s+)?(push\b.*|tag\s+\S+\s+\S*|buildx?\b.*--push\b.*):latest\b/,
    expected: "a tag of its own for each build",
    next: "the repository's tags are immutable: a second push of latest fails",
  },
  {
    pattern: /\baws\s+(ecr\s+(create-repository|batch-delete-image)|codedeploy\s+[a-z-]+)\b/,
    expected: "only calls that the roles of the build may make",
    next: "remove it: Terraform creates the repository, ECR deletes old images, and the pipeline deploys",
  },
  {
    pattern: /\bimagedefinitions\.json\b/,
    expected: IMAGE_DETAIL_FILE,
    next: 'a blue/green deployment reads {"ImageURI": …} from it; imagedefinitions.json is for rolling updates',
  },
];

const comment = /^\s*(-\s*)?#/;

/** @param text The file's. */
export function checkCommands(text: string): Problem[] {
  const lines = text.split("\n");
  const found = lines.flatMap((line, index) =>
    comment.test(line)
      ? []
      : COMMANDS.filter(({ pattern }) => pattern.test(line)).map(({ expected, next }) => ({
          path: [],
          line: index + 1,
          expected,
          got: line.trim(),
          next,
        })),
  );
  const push = lines.findIndex((line) => !comment.test(line) && /\bdocker\s+(image\s+)?push\b/.test(line));
  const assumes = /\bassume-role\b|\brole_arn\b|AWS_ROLE_ARN/.test(text);
  return push < 0 || assumes
    ? found
    : [
        ...found,
        {
          path: [],
          line: push + 1,
          expected: "aws sts assume-role with ${PUSH_ROLE_ARN} before the push",
          got: lines[push]?.trim(),
          next: "only the push role may push to the environment's account",
        },
      ];
}
