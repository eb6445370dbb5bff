import { roleArn } from "../../system/arns";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assume, callsBy, named, onBehalfOf } from "./call";

/** A role of a developer. It is not part of the system; the developers' policy is attached to it. */
export const developerOf = ({ shared }: Parties) => roleArn(shared.id, "developer");

/** From a push to a pipeline that runs and has fetched the source. */
export function sourceCalls(parties: Parties): RequiredCall[] {
  const { arns, service, shared } = parties;
  // CodePipeline sends no source ARN.
  const run = assume("run the pipeline", "codepipeline.amazonaws.com", arns.roles.pipeline, {
    "aws:SourceAccount": shared.id,
  });
  const { connection } = service.source;
  return connection === undefined
    ? [...developerCalls(parties), ...triggerCalls(parties), run, fetchFromRepository(parties)]
    : [run, fetchThroughConnection(parties, connection.arn)];
}

function developerCalls(parties: Parties): RequiredCall[] {
  const { arns, shared } = parties;
  const developer = callsBy(developerOf(parties), shared.id);
  const attached = { attachedPolicyArn: arns.developerPolicy };
  return [
    developer("push a commit", ["codecommit:GitPush", "codecommit:GitPull"], arns.repository, attached),
    developer(
      "review and merge",
      [
        "codecommit:GetPullRequest",
        "codecommit:ListPullRequests",
        "codecommit:DescribePullRequestEvents",
        "codecommit:BatchGetPullRequests",
        "codecommit:BatchDescribeMergeConflicts",
        "codecommit:CreateBranch",
        "codecommit:CreateCommit",
        "codecommit:CreatePullRequest",
        "codecommit:UpdatePullRequestTitle",
        "codecommit:UpdatePullRequestDescription",
        "codecommit:UpdatePullRequestStatus",
        "codecommit:UpdatePullRequestApprovalState",
        "codecommit:PostCommentForPullRequest",
        "codecommit:UpdateComment",
        "codecommit:MergePullRequestByFastForward",
        "codecommit:EvaluatePullRequestApprovalRules",
      ],
      arns.repository,
      attached,
    ),
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-repo-changes-cfn.html */
const triggerCalls = ({ arns, shared }: Parties): RequiredCall[] => [
  assume(
    "react to the push",
    "events.amazonaws.com",
    arns.roles.trigger,
    onBehalfOf(shared.id, arns.triggerRule),
  ),
  callsBy(arns.roles.trigger, shared.id)(
    "start the pipeline",
    ["codepipeline:StartPipelineExecution"],
    arns.pipeline,
  ),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
const fetchFromRepository = ({ arns, shared }: Parties): RequiredCall =>
  callsBy(arns.roles.pipeline, shared.id)(
    "fetch the source",
    [
      "codecommit:GetRepository",
      "codecommit:GetBranch",
      "codecommit:GetCommit",
      "codecommit:UploadArchive",
      "codecommit:GetUploadArchiveStatus",
      "codecommit:CancelUploadArchive",
    ],
    arns.repository,
  );

/**
 * The service was renamed: AWS checks the action under the name that the connection's ARN has.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/rename.html
 */
const fetchThroughConnection = ({ arns, shared }: Parties, connection: string): RequiredCall =>
  callsBy(arns.roles.pipeline, shared.id)(
    "fetch the source",
    [`${connection.split(":")[2] ?? ""}:UseConnection`],
    connection,
    named(connection, shared.id),
  );
