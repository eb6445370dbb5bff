import { roleArn } from "../../system/arns";
import type { Parties } from "../parties";
import type { RequiredCall } from "../request";
import { assume, assumeFor, callsBy, named } from "./call";

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
  const { developerPolicy: attachedPolicyArn, repository } = parties.arns;
  const developer = (purpose: string, actions: readonly string[]) =>
    callsBy(developerOf(parties))(purpose, actions, repository, { attachedPolicyArn });
  return [
    developer("push a commit", ["codecommit:GitPush", "codecommit:GitPull"]),
    developer("review and merge", [
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
    ]),
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-trigger-source-repo-changes-cfn.html */
const triggerCalls = ({ arns: { pipeline, roles, triggerRule } }: Parties): RequiredCall[] => [
  assumeFor("react to the push", "events", roles.trigger, triggerRule),
  callsBy(roles.trigger)("start the pipeline", ["codepipeline:StartPipelineExecution"], pipeline),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
const fetchFromRepository = ({ arns }: Parties): RequiredCall =>
  callsBy(arns.roles.pipeline)(
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
  callsBy(arns.roles.pipeline)(
    "fetch the source",
    [`${connection.split(":")[2] ?? ""}:UseConnection`],
    connection,
    named(connection, shared.id),
  );
