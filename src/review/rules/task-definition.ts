import type { Rule } from "./rule";

export const taskDefinition: Rule = {
  name: "task-definition",
  finds: "a task definition changes, which Terraform always shows as a replacement",
  fact: "A task definition never changes: each edit is a new revision, and running tasks keep theirs. With skip_destroy the old revision stays active. CodeDeploy's next release carries the new settings.",
  see: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/update-task-definition-console-v2.html",
  judge({ before, ends, kind, type }) {
    if (type !== "aws_ecs_task_definition" || !ends) return undefined;
    if (before.skip_destroy === true)
      return {
        verdict: "safe",
        why:
          kind === "replace"
            ? "a new revision: the next release carries the settings"
            : "Terraform forgets it; the revision stays",
      };
    return { verdict: "look", why: "the old revision is deregistered: no new task or service can use it" };
  },
};
