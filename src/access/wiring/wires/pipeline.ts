import type { Block } from "../../evidence/synthesis";
import type { Parties } from "../../parties";
import type { Wire } from "./wire";

/** The pipeline: in whose name, with whose key, and every action in its order. */
export function pipelineWire(parties: Parties): Wire {
  const { configured, key, names, roles, shared } = parties;
  return {
    account: shared,
    type: "aws_codepipeline",
    by: ["name"],
    block: {
      name: names.pipeline,
      role_arn: roles.pipeline,
      pipeline_type: "V2",
      execution_mode: "SUPERSEDED",
      artifact_store: [
        { type: "S3", location: names.artifactBucket, encryption_key: { id: key, type: "KMS" } },
      ],
      stage: [
        stage("Source", sourceAction(parties)),
        stage("Build", buildAction(parties)),
        ...(configured.environment.approval ? [stage(names.approvalStage, APPROVAL)] : []),
        stage(names.deployStage, deployAction(parties)),
      ],
    },
  };
}

const stage = (name: string, action: Block) => ({
  name,
  action: [{ owner: "AWS", version: "1", run_order: 1, ...action }],
});

const SOURCE_ARTIFACT = "SourceArtifact";
const BUILD_ARTIFACT = "BuildArtifact";

function sourceAction({ configured, names }: Parties): Block {
  const { connection } = configured.service.source;
  const source = {
    name: "Source",
    category: "Source",
    namespace: "SourceVariables",
    output_artifacts: [SOURCE_ARTIFACT],
  };
  const common = { BranchName: configured.environment.branch, OutputArtifactFormat: "CODE_ZIP" };
  return connection
    ? {
        ...source,
        provider: "CodeStarSourceConnection",
        configuration: {
          ...common,
          ConnectionArn: connection.arn,
          FullRepositoryId: connection.repository,
          DetectChanges: "true",
        },
      }
    : {
        ...source,
        provider: "CodeCommit",
        configuration: { ...common, RepositoryName: names.repository, PollForSourceChanges: "false" },
      };
}

function buildAction({ names }: Parties): Block {
  const fromSource = (name: string, variable: string) => ({
    name,
    value: `#{SourceVariables.${variable}}`,
    type: "PLAINTEXT",
  });
  return {
    name: "Build",
    category: "Build",
    provider: "CodeBuild",
    namespace: "BuildVariables",
    input_artifacts: [SOURCE_ARTIFACT],
    output_artifacts: [BUILD_ARTIFACT],
    configuration: {
      ProjectName: names.buildProject,
      EnvironmentVariables: [fromSource("COMMIT_ID", "CommitId"), fromSource("BRANCH_NAME", "BranchName")],
    },
  };
}

const APPROVAL: Block = { name: "Approve", category: "Approval", provider: "Manual" };

const deployAction = ({ names, roles }: Parties): Block => ({
  name: names.deployStage,
  category: "Deploy",
  provider: "CodeDeployToECS",
  role_arn: roles.deploy,
  input_artifacts: [BUILD_ARTIFACT],
  configuration: {
    ApplicationName: names.codeDeployApplication,
    DeploymentGroupName: names.deploymentGroup,
    TaskDefinitionTemplateArtifact: BUILD_ARTIFACT,
    TaskDefinitionTemplatePath: "taskdef.json",
    AppSpecTemplateArtifact: BUILD_ARTIFACT,
    AppSpecTemplatePath: "appspec.yml",
    Image1ArtifactName: BUILD_ARTIFACT,
    Image1ContainerName: "IMAGE1_NAME",
  },
});
