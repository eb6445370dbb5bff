import type { CodepipelineTrigger } from "@cdktf/provider-aws/lib/codepipeline";
import type { Statement } from "../../constructs/iam/policy-document";
import type { PipelineAction } from "../../constructs/pipeline/pipeline-action";
import { codeCommitSourceAction, pullFrom } from "../../constructs/source/code-commit-source-action";
import type { CodeRepository } from "../../constructs/source/code-repository";
import { connectionSourceAction, useConnection } from "../../constructs/source/connection-source-action";
import { pushTrigger } from "../../constructs/source/push-trigger";
import type { Delivery } from "../../system/system";

/** The source of a delivery's pipeline. */
export interface Source {
  readonly action: PipelineAction;
  /** What the build needs to clone the repository; undefined if it does not clone. */
  readonly cloneSource?: Statement;
  /** Undefined if every push to the branch starts the pipeline. */
  readonly trigger?: CodepipelineTrigger;
}

export function sourceOf(delivery: Delivery, repository?: CodeRepository): Source {
  const { arns, branch, filter, service } = delivery;
  const { clone, connection } = service.source;
  const fullClone = clone === "full";
  if (!connection) {
    if (!repository) throw new Error("a service without a connection needs a repository");
    const { repositoryName } = repository;
    const props = { repositoryName, repositoryArn: arns.repository, branch, fullClone };
    return {
      action: codeCommitSourceAction(props),
      cloneSource: fullClone ? pullFrom(arns.repository) : undefined,
    };
  }
  const action = connectionSourceAction({
    connectionArn: connection.arn,
    repository: connection.repository,
    branch,
    fullClone,
    detectChanges: filter === undefined,
  });
  return {
    action,
    cloneSource: fullClone ? useConnection(connection.arn) : undefined,
    trigger: filter && pushTrigger(action.action.name, { branch, ...filter }),
  };
}
