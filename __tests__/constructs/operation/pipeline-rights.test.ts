import { pipelineRights } from "../../../src/constructs/operation/pipeline-rights";

const group = "arn:aws:logs:eu-west-1:111111111111:log-group:/aws/codebuild/shop";
const pipeline = {
  pipelineArn: "arn:aws:codepipeline:eu-west-1:111111111111:shop",
  projectArn: "arn:aws:codebuild:eu-west-1:111111111111:project/shop",
  logGroupArn: group,
};
const approvalArn = `${pipeline.pipelineArn}/DevApproval/Approve`;
const repositoryArn = "arn:aws:codecommit:eu-west-1:111111111111:shop";

const sids = (...given: Parameters<typeof pipelineRights>) => pipelineRights(...given).map(({ sid }) => sid);

describe("the rights on pipelines", () => {
  it("see executions, builds and logs, and commits if CodeCommit has the source", () => {
    expect(sids([pipeline], "read")).toEqual(["Executions", "SeeBuilds", "ReadLogs"]);
    expect(sids([{ ...pipeline, repositoryArn }], "read")).toContain("SeeCommits");
  });

  it("name a repository that several services have once", () => {
    const shared = { ...pipeline, repositoryArn };
    const [commits] = pipelineRights([shared, shared], "read").filter(({ sid }) => sid === "SeeCommits");
    expect(commits?.resources).toEqual([repositoryArn]);
  });

  it("approve only for operators, and only where a person must", () => {
    expect(sids([{ ...pipeline, approvalArn }], "operate")).toContain("ApproveReleases");
    expect(sids([{ ...pipeline, approvalArn }], "read")).not.toContain("ApproveReleases");
    expect(sids([pipeline], "operate")).not.toContain("ApproveReleases");
  });

  it("stop an execution for operators, and start none", () => {
    const actions = pipelineRights([pipeline], "operate").flatMap((one) => one.actions);
    expect(actions).toContain("codepipeline:StopPipelineExecution");
    expect(actions.filter((one) => /:(Start|Update|Delete|Create)/.test(one))).toEqual([]);
  });

  it("only read, for readers", () => {
    const actions = pipelineRights([{ ...pipeline, approvalArn, repositoryArn }], "read").flatMap(
      (one) => one.actions,
    );
    expect(actions.filter((one) => !/:(Get|List|Describe|BatchGet|Filter)/.test(one))).toEqual([]);
  });

  it("read the logs of its groups only", () => {
    expect(pipelineRights([pipeline], "read").at(-1)?.resources).toEqual([`${group}:*`]);
  });
});
