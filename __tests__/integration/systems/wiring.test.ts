import { resolve } from "../../support/resolved";
import { policies, type Block, type PolicyStatement, type Stack } from "../../support/synth";
import { configFile, synthSystem } from "../../support/synth-app";

const files = ["codeseries.yaml", "__tests__/fixtures/three-environments.yaml"] as const;
const systems = files.map((file) => {
  const config = configFile(file);
  return { file, config, environments: Object.keys(config.environments), ...synthSystem(config) };
});

const resources = (stack: Stack | undefined, type: string): Block[] =>
  Object.values(stack?.resource?.[type] ?? {});
const statementsOf = (stack: Stack | undefined): PolicyStatement[] =>
  stack ? Object.values(policies(stack)).flat() : [];
/** Without what `task.policies` and `build.policies` give, which is the user's own. */
const ownPolicies = (stack: Stack) =>
  Object.entries(policies(stack)).filter(([id]) => !id.includes("configured-policy"));
const everywhere = (stacks: Record<string, Stack>) => JSON.stringify(stacks);

describe.each(systems)("the stacks of $file", ({ config, dependencies, environments, stacks }) => {
  const shared = stacks.shared;
  const targets = environments.map((name) => [name, stacks[name]] as const);

  it("are bootstrap, the environments and shared", () => {
    expect(Object.keys(stacks).sort()).toEqual(["bootstrap", ...environments, "shared"].sort());
  });

  it("refer from shared to each environment, and never back", () => {
    const remote = (name: string) => Object.keys(stacks[name]?.data?.terraform_remote_state ?? {});
    expect(remote("shared").sort()).toEqual(
      environments.map((name) => `cross-stack-reference-input-${name}`).sort(),
    );
    for (const name of ["bootstrap", ...environments]) expect(remote(name)).toEqual([]);
  });

  it("are applied with shared after the environments", () => {
    expect(dependencies).toEqual({
      bootstrap: [],
      ...Object.fromEntries(environments.map((name) => [name, []])),
      shared: expect.arrayContaining(environments) as string[],
    });
  });

  it("keep their state encrypted and locked in one bucket, read with the shared account's access", () => {
    const { assumeRole, id } = config.accounts.shared ?? {};
    for (const [name, stack] of Object.entries(stacks)) {
      expect(stack.terraform.backend.s3).toMatchObject({
        bucket: config.state.bucket,
        key: `${config.state.prefix ?? "codeseries/bys"}/${name}.tfstate`,
        encrypt: true,
        use_lockfile: true,
        ...(assumeRole && { assume_role: { role_arn: `arn:aws:iam::${String(id)}:role/${assumeRole}` } }),
      });
    }
    for (const remote of Object.values(shared?.data?.terraform_remote_state ?? {}))
      expect(remote.config).toMatchObject({ bucket: config.state.bucket, use_lockfile: true });
  });

  it("refuse to be applied in another account", () => {
    for (const [name, { provider }] of Object.entries(stacks)) {
      const account =
        name === "shared" || name === "bootstrap" ? "shared" : (config.environments[name]?.account ?? name);
      expect(provider.aws?.[0]?.allowed_account_ids).toEqual([config.accounts[account]?.id]);
    }
  });

  it("let the environment's roles trust exactly the roles that shared makes, and the reverse", () => {
    const made = (type: string, attribute: string) =>
      Object.entries(stacks).flatMap(([name, stack]) =>
        Object.keys(stack.resource?.[type] ?? {}).map((id) =>
          resolve(stacks, name, `\${${type}.${id}.${attribute}}`),
        ),
      );
    const roles = made("aws_iam_role", "arn");
    const buckets = made("aws_s3_bucket", "arn");
    const named = Object.entries(stacks).flatMap(([name, stack]) =>
      statementsOf(stack).flatMap(({ condition = [], actions, resources: targeted = [] }) =>
        [
          ...condition
            .filter(({ variable }) => variable === "aws:PrincipalArn")
            .flatMap(({ values }) => values),
          ...(actions.includes("sts:AssumeRole") || actions.includes("iam:PassRole") ? targeted : []),
        ].map((value) => resolve(stacks, name, value)),
      ),
    );
    expect(named).not.toHaveLength(0);
    for (const arn of named) expect(roles).toContain(arn);

    const read = targets.flatMap(([name, stack]) =>
      statementsOf(stack)
        .filter(({ sid }) => sid === "FindArtifacts")
        .flatMap(({ resources: targeted = [] }) => targeted.map((arn) => resolve(stacks, name, arn))),
    );
    expect(read).not.toHaveLength(0);
    for (const arn of read) expect(buckets).toContain(arn);

    const aliases = resources(shared, "aws_kms_alias").map(({ name }) => name);
    const asked = targets.flatMap(([, stack]) =>
      statementsOf(stack).flatMap(({ condition = [] }) =>
        condition
          .filter(({ variable }) => variable === "kms:ResourceAliases")
          .flatMap(({ values }) => values),
      ),
    );
    expect(asked).not.toHaveLength(0);
    for (const alias of asked) expect(aliases).toContain(alias);
  });

  it("name no role or user as a principal: AWS would refuse one that does not exist yet", () => {
    const principals = Object.values(stacks)
      .flatMap((stack) => statementsOf(stack))
      .flatMap(({ principals: named = [] }) =>
        named.filter(({ type }) => type === "AWS").flatMap(({ identifiers }) => identifiers),
      );
    expect(principals).not.toHaveLength(0);
    for (const principal of principals) expect(principal).toMatch(/^arn:aws:iam::\d{12}:root$/);
  });

  // Which people may promote an image is decided by the policies of their own account.
  const OF_OWN_ACCOUNT = ["AccountAdministration", "AssumeForPromotion"];

  it("narrow every account principal to one role, but for a key's and a promotion's own account", () => {
    for (const stack of Object.values(stacks))
      for (const { principals: named = [], condition = [], sid } of statementsOf(stack))
        if (named.some(({ type }) => type === "AWS") && !OF_OWN_ACCOUNT.includes(sid))
          expect(condition.map(({ test, variable }) => `${test} ${variable}`)).toContain(
            "ArnEquals aws:PrincipalArn",
          );
  });

  it("ask for no source ARN or account in a trust between roles", () => {
    const trusts = targets
      .flatMap(([, stack]) => statementsOf(stack))
      .filter(({ sid }) => sid === "AssumeFromOneRole");
    expect(trusts.length).toBe(2 * environments.length * Object.keys(config.services).length);
    expect(JSON.stringify(trusts)).not.toContain("aws:Source");
  });

  it("ask for the source account, and no source ARN, in the pipeline's trust", () => {
    const trusts = statementsOf(shared).filter(({ principals: named = [] }) =>
      JSON.stringify(named).includes("codepipeline.amazonaws.com"),
    );
    expect(trusts).toHaveLength(environments.length * Object.keys(config.services).length);
    for (const { condition = [] } of trusts)
      expect(condition.map(({ variable }) => variable)).toEqual(["aws:SourceAccount"]);
  });

  it("use every resource only where AWS has no other, or in a key's own policy", () => {
    const allowed =
      /^(ecr:GetAuthorizationToken|elasticloadbalancing:Describe\w+|logs:DescribeLogGroups|ecs:(RegisterTaskDefinition|DescribeTaskDefinition|ListTasks)|application-autoscaling:DescribeScal(ableTargets|ingActivities)|xray:Put\w+|ssmmessages:\w+|codedeploy:(StopDeployment|ContinueDeployment|(BatchGet|Get)DeploymentTargets?|ListDeploymentTargets))$/;
    for (const stack of Object.values(stacks))
      for (const [id, statements] of ownPolicies(stack))
        for (const { actions, resources: targeted = [] } of statements)
          if (targeted.includes("*") && !/artifact-key|topic_key-policy/.test(id))
            for (const action of actions) expect(action).toMatch(allowed);
  });

  it("allow no service wholly, but a key to its own account", () => {
    for (const stack of Object.values(stacks))
      for (const { actions, effect, sid } of ownPolicies(stack).flatMap(([, statements]) => statements))
        if (effect !== "Deny" && !OF_OWN_ACCOUNT.includes(sid))
          for (const action of actions) expect(action).not.toMatch(/^(\*|\w+:\*)$/);
  });

  it("pass task roles, and only those of the task definition, and only to tasks", () => {
    for (const [name, stack] of targets) {
      const definitions = resources(stack, "aws_ecs_task_definition").map(
        ({ execution_role_arn, task_role_arn }) =>
          [execution_role_arn, task_role_arn]
            .map((arn) => resolve(stacks, name, String(arn)))
            .sort()
            .join(),
      );
      const passed = (stack ? ownPolicies(stack) : []).flatMap(([id, statements]) =>
        statements
          .filter(({ actions }) => actions.includes("iam:PassRole"))
          .map((statement) => ({ ...statement, byPeople: id.startsWith("operators_") })),
      );
      expect(passed.filter(({ byPeople }) => !byPeople)).toHaveLength(2 * definitions.length);
      for (const { byPeople, condition = [], resources: targeted = [] } of passed) {
        const roles = targeted.map((arn) => resolve(stacks, name, arn)).sort();
        if (byPeople) expect(definitions.flatMap((one) => one.split(",")).sort()).toEqual(roles);
        else expect(definitions).toContain(roles.join());
        expect(condition).toEqual([
          { test: "StringEquals", variable: "iam:PassedToService", values: ["ecs-tasks.amazonaws.com"] },
        ]);
      }
    }
    expect(JSON.stringify(statementsOf(shared))).not.toContain("iam:PassRole");
  });

  it("tell the key by its ARN wherever AWS would look an alias up in another account", () => {
    const keyArn = /^\$\{aws_kms_key\.[^.]+\.arn\}$/;
    for (const project of resources(shared, "aws_codebuild_project"))
      expect(project.encryption_key).toMatch(keyArn);
    for (const { artifact_store } of resources(shared, "aws_codepipeline")) {
      const [{ encryption_key: key }] = artifact_store as [{ encryption_key: { id: string; type: string } }];
      expect(key).toEqual({ id: expect.stringMatching(keyArn) as string, type: "KMS" });
    }
    const encryptions = resources(shared, "aws_s3_bucket_server_side_encryption_configuration");
    expect(encryptions).toHaveLength(environments.length * Object.keys(config.services).length);
    for (const { rule } of encryptions)
      expect(rule).toMatchObject([
        {
          apply_server_side_encryption_by_default: {
            kms_master_key_id: expect.stringMatching(keyArn) as string,
          },
        },
      ]);
    const denials = statementsOf(shared).filter(({ sid }) => sid === "DenyWrongKmsKey");
    for (const { condition = [] } of denials)
      expect(condition[0]?.values).toEqual([expect.stringMatching(keyArn)]);
  });

  it("start a CodeCommit pipeline by one rule and target, and a connection's by none", () => {
    const pipelines = resources(shared, "aws_codepipeline");
    for (const { pipeline_type, trigger } of pipelines) {
      expect(pipeline_type).toBe("V2");
      expect(trigger).toBeUndefined();
    }
    type Stages = { name: string; action: { provider: string; configuration: Record<string, string> }[] }[];
    const sources = pipelines.map(({ stage }) => (stage as Stages)[0]?.action[0]);
    const codeCommit = sources.filter((source) => source?.provider === "CodeCommit");
    for (const source of codeCommit) expect(source?.configuration.PollForSourceChanges).toBe("false");
    for (const source of sources.filter((one) => !codeCommit.includes(one)))
      expect(source).toMatchObject({
        provider: "CodeStarSourceConnection",
        configuration: { DetectChanges: "true" },
      });
    // A target without a role is a topic of messages.
    const starting = resources(shared, "aws_cloudwatch_event_target").filter(({ role_arn }) => role_arn);
    const started = starting.map(({ arn }) => arn);
    expect(new Set(started).size).toBe(codeCommit.length);
    expect(started).toHaveLength(codeCommit.length);
    const rules = resources(shared, "aws_cloudwatch_event_rule").map(({ event_pattern }) => event_pattern);
    expect(rules.filter((one) => String(one).includes("aws.codecommit"))).toHaveLength(codeCommit.length);
  });

  it("hand each action what an earlier stage made", () => {
    type Action = { input_artifacts?: string[]; output_artifacts?: string[] };
    for (const { stage } of resources(shared, "aws_codepipeline")) {
      const made: string[] = [];
      for (const { action } of stage as { action: Action[] }[]) {
        for (const input of action.flatMap(({ input_artifacts = [] }) => input_artifacts))
          expect(made).toContain(input);
        made.push(...action.flatMap(({ output_artifacts = [] }) => output_artifacts));
      }
      expect(made).toEqual(["SourceArtifact", "BuildArtifact"]);
    }
  });

  it("have a project, a pipeline, a bucket and roles of their own for each service and environment", () => {
    const deliveries = environments.length * Object.keys(config.services).length;
    for (const [type, attribute] of [
      ["aws_codebuild_project", "name"],
      ["aws_codepipeline", "name"],
      ["aws_s3_bucket", "bucket"],
    ] as const) {
      const names = resources(shared, type).map((resource) => resource[attribute]);
      expect(new Set(names).size).toBe(deliveries);
      expect(names).toHaveLength(deliveries);
    }
    for (const service of Object.keys(config.services)) {
      const [key] = Object.entries(shared ? policies(shared) : {}).filter(([id]) =>
        id.includes(`services_${service}_delivery_artifact-key`),
      );
      const readers = key?.[1].filter(({ sid }) => sid.endsWith("DeployRoleDecryptsThroughS3"));
      expect(readers).toHaveLength(environments.length);
    }
  });

  it("call one container and port the same in the task definition, the service and the target groups", () => {
    for (const [, stack] of targets)
      for (const service of resources(stack, "aws_ecs_service")) {
        const [route] = service.load_balancer as [
          { container_name: string; container_port: number; target_group_arn: string },
        ];
        const id = /aws_ecs_task_definition\.([^.]+)\./.exec(String(service.task_definition))?.[1] ?? "";
        const definition = stack?.resource?.aws_ecs_task_definition?.[id];
        const containers = JSON.parse(String(definition?.container_definitions)) as {
          name: string;
          portMappings: { containerPort: number }[];
        }[];
        expect(containers[0]).toMatchObject({
          name: route.container_name,
          portMappings: [{ containerPort: route.container_port }],
        });
        const group =
          stack?.resource?.aws_lb_target_group?.[
            /aws_lb_target_group\.([^.]+)\./.exec(route.target_group_arn)?.[1] ?? ""
          ];
        expect(group?.port).toBe(route.container_port);
      }
  });

  it("start a service only after what leads to its target groups", () => {
    for (const [, stack] of targets)
      for (const [id, { depends_on }] of Object.entries(stack?.resource?.aws_ecs_service ?? {})) {
        const leading = (depends_on as string[]).filter((one) => /^aws_lb_listener(_rule)?\./.test(one));
        const [service = ""] = /^services_\w+?_delivery_/.exec(id) ?? [];
        const rules = Object.keys(stack?.resource?.aws_lb_listener_rule ?? {})
          .filter((rule) => rule.startsWith(service))
          .map((rule) => `aws_lb_listener_rule.${rule}`);
        const listeners = leading.filter((one) => one.startsWith("aws_lb_listener."));
        expect(leading.toSorted()).toEqual((rules.length > 0 ? rules : listeners).toSorted());
        expect(leading.length).toBeGreaterThanOrEqual(2);
      }
  });

  it("tag every resource with a name, and those of a service with the service", () => {
    const untaggable =
      /^aws_(appautoscaling_policy|codedeploy_deployment_config|cloudwatch_event_target|cloudwatch_log_resource_policy|ecr_lifecycle_policy|iam_role_policy|iam_role_policy_attachment|kms_alias|kms_key_policy|lb_listener_certificate|route53_record|route_table_association|sns_topic_policy|sns_topic_subscription|s3_bucket_(?!$).*)$/;
    for (const stack of Object.values(stacks))
      for (const [type, byId] of Object.entries(stack.resource ?? {}))
        for (const [id, { tags }] of Object.entries(byId)) {
          if (untaggable.test(type)) continue;
          expect([type, id, Object.keys((tags as object | undefined) ?? {})]).toEqual([
            type,
            id,
            id.startsWith("services_") ? ["Name", "Service"] : ["Name"],
          ]);
        }
  });

  it("look for nothing by tags of our own", () => {
    for (const stack of Object.values(stacks))
      for (const byId of Object.values(stack.data ?? {}))
        for (const block of Object.values(byId)) expect(block).not.toHaveProperty("tags");
  });

  it("hold no credentials, and no secret but by ARN", () => {
    expect(everywhere(stacks)).not.toMatch(
      /aws_iam_service_specific_credential|aws_iam_access_key|AKIA[0-9A-Z]{16}|aws_iam_user/,
    );
    for (const stack of Object.values(stacks)) expect(JSON.stringify(stack)).not.toMatch(/password"?:\s*"/i);
  });

  it("hold none of the seed's mistakes", () => {
    expect(everywhere(stacks)).not.toMatch(
      /get-login |:latest|:backup|TD_REVISION|cahce|111122222-|IfExists/,
    );
  });
});
