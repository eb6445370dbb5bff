import { repositoryArnOf } from "../../../system/arns";
import type { Delivery } from "../../../system/system";
import { exactly, problem, type Problem } from "../finding";
import { isUnknown } from "../placeholders";
import type { Container } from "./task-definition-shape";

/** The execution role may write to one log group, and create none. */
export function checkLogs({ logConfiguration }: Container, { names, region }: Delivery): Problem[] {
  if (logConfiguration?.logDriver !== "awslogs") return [];
  const { options } = logConfiguration;
  const at = (key: string) => ["logConfiguration", "options", key];
  const must = (key: string, expected: string, next: string) =>
    options[key] === expected || isUnknown(options[key])
      ? []
      : [problem(at(key), exactly(expected), options[key], next)];
  return [
    ...must("awslogs-group", names.serviceLogGroup, "the execution role may write only to this log group"),
    ...must("awslogs-region", region, "the log group is in this region"),
    ...(options["awslogs-stream-prefix"]
      ? []
      : [problem(at("awslogs-stream-prefix"), "a prefix", undefined, "Fargate requires it")]),
    ...(options["awslogs-create-group"] === "true"
      ? [
          problem(
            at("awslogs-create-group"),
            "no such option",
            "true",
            "remove it: the log group exists, and the execution role may not create one",
          ),
        ]
      : []),
  ];
}

/** The execution role may read the secrets of the configuration, and pull from its repositories. */
export function checkSecrets(container: Container, delivery: Delivery): Problem[] {
  const { environment, logConfiguration, repositoryCredentials, secrets } = container;
  const granted = [...delivery.secretArns, ...delivery.parameterArns];
  const variables = environment.map(({ name }) => name);
  const readable = (path: Problem["path"], valueFrom: string): Problem[] =>
    isUnknown(valueFrom) || granted.some((arn) => isOf(valueFrom, arn))
      ? []
      : [
          problem(
            path,
            granted.length === 0 ? "no secret" : `one of ${granted.join(", ")}`,
            valueFrom,
            "the execution role may read only the secrets in task.secrets: add it there",
          ),
        ];
  return [
    ...secrets.flatMap(({ name, valueFrom }, index) => [
      ...readable(["secrets", index, "valueFrom"], valueFrom),
      ...(variables.includes(name)
        ? [
            problem(
              ["secrets", index, "name"],
              "a name that no variable has",
              name,
              "ECS rejects a variable and a secret with one name",
            ),
          ]
        : []),
    ]),
    ...(logConfiguration?.secretOptions ?? []).flatMap(({ valueFrom }, index) =>
      readable(["logConfiguration", "secretOptions", index, "valueFrom"], valueFrom),
    ),
    ...(repositoryCredentials
      ? readable(
          ["repositoryCredentials", "credentialsParameter"],
          repositoryCredentials.credentialsParameter,
        )
      : []),
  ];
}

/** A secret may end in a JSON key, a stage and a version; a parameter may be given by its name. */
const isOf = (valueFrom: string, arn: string) =>
  valueFrom === arn ||
  valueFrom.startsWith(`${arn}:`) ||
  (!valueFrom.startsWith("arn:") && arn.endsWith(`:parameter/${valueFrom.replace(/^\//, "")}`));

/** An image in an ECR repository needs pull rights; one in a public registry does not. */
export function checkImage({ image }: Container, { arns, sidecarRepositoryArns }: Delivery): Problem[] {
  const repository = repositoryArnOf(image);
  const granted = [arns.containerRepository, ...sidecarRepositoryArns];
  return repository === undefined || granted.includes(repository)
    ? []
    : [
        problem(
          ["image"],
          `an image of ${granted.join(" or ")}, or of a public registry`,
          image,
          "the execution role may not pull it: add the container to task.sidecars",
        ),
      ];
}
