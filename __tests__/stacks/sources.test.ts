import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Codepipeline } from "@cdktf/provider-aws/lib/codepipeline";
import { all, policies, type Stack } from "../support/synth";
import { configFile, synthApp } from "../support/synth-app";

const { shared } = synthApp(configFile("__tests__/fixtures/sources.yaml"));

interface Action {
  readonly provider: string;
  readonly configuration: Readonly<Record<string, string>>;
}
interface Pipeline {
  readonly trigger?: unknown;
  readonly source: Action;
  readonly build: Action;
}

function pipeline(service: string, environment: string): Pipeline {
  const found = all(shared as Stack, Codepipeline).find(({ name }) =>
    String(name).endsWith(`-${service}-${environment}`),
  );
  const [source, build] = (found?.stage ?? []) as { action: Action[] }[];
  return { trigger: found?.trigger, source: source?.action[0] as Action, build: build?.action[0] as Action };
}

const variables = (action: Action) =>
  Object.fromEntries(
    (JSON.parse(action.configuration.EnvironmentVariables ?? "") as { name: string; value: string }[]).map(
      ({ name, value }) => [name, value],
    ),
  );

const trigger = (push: object) => [
  {
    provider_type: "CodeStarSourceConnection",
    git_configuration: { source_action_name: "Source", push: [push] },
  },
];

describe("a pipeline by Git tags", () => {
  const { build, source, trigger: own } = pipeline("api", "prd");

  it("starts by its trigger alone, which knows no paths", () => {
    expect(own).toEqual(trigger({ tags: { includes: ["v*", "release/**"] } }));
    expect(source.configuration).toMatchObject({ DetectChanges: "false", BranchName: "main" });
  });

  it("gives the build the branch of manual starts, for which its project checks", () => {
    expect(variables(build).BRANCH_NAME).toBe("main");
    const project = all(shared as Stack, CodebuildProject).find(({ name }) =>
      String(name).endsWith("-api-prd"),
    );
    const { environment_variable: known } = (project?.environment ?? {}) as {
      environment_variable?: object[];
    };
    expect(known).toContainEqual({ name: "EXPECTED_BRANCH", value: "main" });
  });
});

describe("a pipeline by changed files", () => {
  it("starts by a push to its branch that changes one", () => {
    const { build, source, trigger: own } = pipeline("api", "dev");
    expect(own).toEqual(
      trigger({ branches: { includes: ["main"] }, file_paths: { includes: ["api/**", "lib/**"] } }),
    );
    expect(source.configuration.DetectChanges).toBe("false");
    expect(variables(build).BRANCH_NAME).toBe("#{SourceVariables.BranchName}");
  });
});

describe("a pipeline of a CodeCommit repository", () => {
  it("starts by an event rule, and has no trigger", () => {
    expect(pipeline("admin", "dev").trigger).toBeUndefined();
    expect(all(shared as Stack, CloudwatchEventRule)).toHaveLength(2);
  });
});

describe("a build in a VPC", () => {
  it("has the network of the account that builds; others have none", () => {
    const networks = all(shared as Stack, CodebuildProject).map(({ name, vpc_config }) => [name, vpc_config]);
    const network = {
      vpc_id: "vpc-0123456789abcdef0",
      subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      security_group_ids: ["sg-0123456789abcdef0"],
    };
    expect(Object.fromEntries(networks)).toMatchObject({ "acme-shared-cdb-api-dev": network });
    expect(networks.filter(([, own]) => own !== undefined)).toHaveLength(2);
  });
});

describe("a build that clones its source", () => {
  const rights = (service: string) =>
    Object.entries(policies(shared as Stack))
      .filter(([id]) => id.startsWith(`services_${service}_delivery_dev_build_`))
      .flatMap(([, statements]) => statements);

  it.each([
    ["web", ["codeconnections:UseConnection", "codestar-connections:UseConnection"]],
    ["admin", ["codecommit:GitPull"]],
  ])("gets a reference, and the right to follow it: %s", (service, actions) => {
    expect(pipeline(service, "dev").source.configuration.OutputArtifactFormat).toBe("CODEBUILD_CLONE_REF");
    expect(rights(service).filter(({ actions: some }) => some.join() === actions.join())).toHaveLength(1);
  });

  it.each(["api", "reports"])("is not the default: %s", (service) => {
    expect(pipeline(service, "dev").source.configuration.OutputArtifactFormat).toBe("CODE_ZIP");
    expect(JSON.stringify(rights(service))).not.toMatch(/UseConnection|GitPull/);
  });
});
