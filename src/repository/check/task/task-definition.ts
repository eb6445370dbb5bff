import type { core } from "zod";
import { ANSWERED_KEYS, IMAGE_PLACEHOLDER, runtimePlatform } from "../../../delivery/task-definition";
import type { Delivery } from "../../../system/system";
import { checkContainers } from "./containers";
import { at, exactly, linesWith, type Problem } from "../finding";
import { isUnknown } from "../placeholders";
import { checkSize } from "./task-size";
import { taskDefinitionShape, type TaskDefinition } from "./task-definition-shape";

/** Compares a task definition with the roles, the container and the log group of a delivery. */
export function checkTaskDefinition(content: unknown, delivery: Delivery): Problem[] {
  if (isAnswer(content)) return [ANSWER];
  const parsed = taskDefinitionShape.safeParse(withoutNull(content));
  if (!parsed.success) return parsed.error.issues.map((issue) => wrongType(issue, content));
  const task = parsed.data;
  return [
    ...checkIdentity(task, delivery),
    ...checkSize(task),
    ...checkContainers(task, delivery),
    ...ANSWERED_KEYS.filter((key) => key in task).map((key) => readOnly(key)),
  ];
}

/** The console of ECS writes null for what is not set. */
const withoutNull = (content: unknown): unknown =>
  JSON.parse(JSON.stringify(content ?? "", (_, value: unknown) => value ?? undefined));

const isAnswer = (content: unknown) =>
  typeof content === "object" && content !== null && "taskDefinition" in content;

const ANSWER: Problem = {
  path: ["taskDefinition"],
  atKey: true,
  expected: "family, containerDefinitions and the other keys at the top level",
  got: "taskDefinition",
  next: "move its content to the top level: this is the output of describe-task-definition",
};

function wrongType({ message, path }: core.$ZodIssue, content: unknown): Problem {
  const expected = message.startsWith("Invalid") ? "the input of RegisterTaskDefinition" : message;
  return { ...at(path, content), expected, next: "otherwise ECS rejects the task definition" };
}

const readOnly = (key: string): Problem => ({
  path: [key],
  expected: "only keys that RegisterTaskDefinition accepts",
  got: key,
  atKey: true,
  warning: true,
  next: "remove it: AWS ignores it",
});

function checkIdentity(task: TaskDefinition, { arns, names, settings }: Delivery): Problem[] {
  const { cpuArchitecture } = runtimePlatform(settings.task.architecture);
  const must = (path: readonly string[], expected: unknown, got: unknown, next: string): Problem[] =>
    got === expected || isUnknown(got) ? [] : [{ path, expected: exactly(expected), got, next }];
  const architecture = task.runtimePlatform?.cpuArchitecture ?? "X86_64";
  return [
    ...must(
      ["family"],
      names.taskFamily,
      task.family,
      "the deploy role may tag only revisions of this family",
    ),
    ...must(
      ["executionRoleArn"],
      arns.roles.execution,
      task.executionRoleArn,
      "the deploy role may pass only this role",
    ),
    ...must(["taskRoleArn"], arns.roles.task, task.taskRoleArn, "the deploy role may pass only this role"),
    ...must(["networkMode"], "awsvpc", task.networkMode, "Fargate requires this mode"),
    ...(task.requiresCompatibilities.includes("FARGATE")
      ? []
      : must(
          ["requiresCompatibilities"],
          ["FARGATE"],
          task.requiresCompatibilities,
          "the service runs on Fargate",
        )),
    ...must(
      ["runtimePlatform", "cpuArchitecture"],
      cpuArchitecture,
      architecture,
      "the image is built for this architecture; task.architecture sets it",
    ),
  ];
}

/** The deploy action replaces the placeholder in the whole file. */
export function checkImagePlaceholder(file: string): Problem[] {
  const lines = linesWith(file, IMAGE_PLACEHOLDER);
  return lines.length <= 1
    ? []
    : lines.slice(1).map((line) => ({
        path: [],
        line,
        expected: `${IMAGE_PLACEHOLDER} once`,
        got: IMAGE_PLACEHOLDER,
        next: "the deploy action replaces each of them: write the image of this container",
      }));
}
