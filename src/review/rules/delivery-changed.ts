import type { Change } from "../plan/change";
import { at, blocksOf, isSame, type Values } from "../plan/values";
import type { Finding, Rule } from "./rule";

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_codepipeline: ["stage", "trigger", "variable", "execution_mode", "role_arn"],
  aws_codebuild_project: [
    "environment",
    "source",
    "build_timeout",
    "service_role",
    "vpc_config",
    "cache",
    "source_version",
  ],
  aws_cloudwatch_event_rule: ["event_pattern", "schedule_expression", "state", "is_enabled"],
  aws_cloudwatch_event_target: ["arn", "input", "input_transformer", "role_arn"],
  aws_codedeploy_deployment_group: [
    "app_name",
    "blue_green_deployment_config",
    "deployment_config_name",
    "deployment_group_name",
    "deployment_style",
    "ecs_service",
    "load_balancer_info",
    "service_role_arn",
    "trigger_configuration",
  ],
  aws_codedeploy_app: ["name"],
};

export const deliveryChanged: Rule = {
  name: "delivery-changed",
  finds: "what starts a release, what builds it, or how it reaches the environment changes",
  fact: "The change counts from the next run on: another branch, image or command then reaches the environment.",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html",
  judge(change) {
    if (change.kind !== "update") return undefined;
    const judged = change.changed.filter((key) => ATTRIBUTES[change.type]?.includes(key));
    if (judged.length === 0) return undefined;
    return { ...finding(change, judged), judged };
  },
};

function finding(change: Change, judged: readonly string[]): Finding {
  const { after, before, type } = change;
  if (type === "aws_codepipeline" && approvalsIn(after) < approvalsIn(before))
    return { verdict: "look", why: "releases no longer wait for an approval" };
  if (type === "aws_codebuild_project" && onlyImage(change, judged))
    return { verdict: "look", why: "the next build uses another image" };
  return { verdict: "look", why: `the next release uses another ${judged.join(", ")}` };
}

const approvalsIn = ({ stage }: Values) =>
  blocksOf(stage)
    .flatMap(({ action }) => blocksOf(action))
    .filter(({ category }) => category === "Approval").length;

function onlyImage({ after, before }: Change, judged: readonly string[]): boolean {
  if (judged.length !== 1 || judged[0] !== "environment") return false;
  const without = (values: Values) => ({ ...(at(values, "environment.0") as object | undefined), image: "" });
  return isSame(without(before), without(after));
}
