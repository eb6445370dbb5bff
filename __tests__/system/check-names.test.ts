import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";

const names = (text: string) => ["state:", `names: { ${text} }\nstate:`] as const;
const two = `${shippedYaml}  two:\n    port: 8080\n    path: /two\n    healthCheckPath: /health\n`;

describe("checked names", () => {
  it.each([
    ["pipeline", "x y", "names.pipeline", "pipeline"],
    ["cluster", "has space!", "names.cluster", "ECS cluster"],
    ["service", "has space!", "names.service", "ECS service"],
    ["containerRepository", "ECS/Upper", "names.containerRepository", "ECR repository"],
    ["buildProject", "a".repeat(200), "names.buildProject", "CodeBuild project"],
    ["artifactKeyAlias", "alias/aws/mine", "names.artifactKeyAlias", "KMS alias"],
    ["triggerRule", "a".repeat(65), "names.triggerRule", "EventBridge rule"],
  ])("refuse what the provider would let pass: %s", (key, value, path, kind) => {
    const [fault, ...others] = faultsAfter(names(`${key}: "${value}"`)).filter((line) =>
      line.includes(`${path}:`),
    );
    expect(fault).toContain(`${path}: expected the ${kind} name from template "${value}" to have `);
    expect(others).toEqual([]);
  });

  it("are cut where a default is too long, so that a service may have any name", () => {
    expect(faultsAfter(["awssdk-iam:", "a-service-of-twenty-six-l:"])).toEqual([]);
  });

  it("refuse a given template that is too long once, for all services and environments", () => {
    const stg =
      "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n";
    const template = "{organization}-{environment}-{service}-target-group-blue";
    const given = edit(two, ["\nservices:", `${stg}\nservices:`], names(`blueTargetGroup: "${template}"`));
    expect(faultsIn(given)).toEqual([
      `c.yaml:8:27 names.blueTargetGroup: expected the target group name from template "${template}" to have 1 to 32 letters, digits or hyphens, no hyphen at either end, not starting with internal-, got "bys-dev-awssdk-iam-target-group-blue"`,
    ]);
  });

  it("say nothing about names that are made of one that is refused", () => {
    expect(faultsAfter(names('buildProject: "a b"'))).toEqual([
      expect.stringMatching(/names\.buildProject: expected the CodeBuild project name from template "a b"/),
    ]);
  });

  it("point at a repository's own name, and what follows from it", () => {
    const long = "r".repeat(101);
    expect(faultsAfter(["repository: awssdk-iam", `repository: ${long}`])).toEqual([
      expect.stringContaining("services.awssdk-iam.source.repository: expected a CodeCommit repository name"),
    ]);
  });

  it("name both things, and the template, when two would have one name", () => {
    expect(faultsIn(edit(two, names('taskRole: "{organization}-{environment}-task"')))).toEqual([
      'c.yaml:8:20 names.taskRole: expected taskRole of services.two in environments.dev to have another IAM role name from template "{organization}-{environment}-task" than taskRole of services.awssdk-iam in environments.dev from template "{organization}-{environment}-task", got "bys-dev-task"',
    ]);
  });

  it("see two roles of different kinds that would have one name", () => {
    const faults = faultsAfter(
      names('taskRole: "{service}-{environment}", executionRole: "{service}-{environment}"'),
    );
    expect(faults).toEqual([
      expect.stringMatching(
        /names\.taskRole: expected taskRole of .* than executionRole of .* got "awssdk-iam-dev"$/,
      ),
    ]);
  });

  it("tell IAM names apart without regard to case, as IAM does", () => {
    const faults = faultsAfter(
      names('taskRole: "R-{service}-{environment}", executionRole: "r-{service}-{environment}"'),
    );
    expect(faults).toEqual([expect.stringMatching(/taskRole of .* to have another IAM role name/)]);
  });

  it("see two security groups that would have one name", () => {
    const faults = faultsAfter(names('loadBalancer: "{organization}-main", service: "{organization}-main"'));
    expect(faults).toEqual([
      expect.stringMatching(/serviceSecurityGroup of .* to have another security group name/),
    ]);
  });

  it("let two accounts have one role name, but not the world one bucket name", () => {
    const stg =
      "  stg:\n    account: shared\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n";
    const both = edit(shippedYaml, ["\nservices:", `${stg}\nservices:`]);
    expect(
      faultsIn(edit(both, names('codeDeployRole: "{service}-deployer", taskRole: "{service}-task"'))),
    ).toEqual([]);
    expect(
      faultsIn(edit(both, ["{ http: true }", "{ http: true, accessLogsBucket: bys-shared-s3-tfstate }"])),
    ).toEqual([
      expect.stringMatching(
        /environments\.dev\.ingress\.accessLogsBucket: expected .* to have another S3 bucket name than state\.bucket, got "bys-shared-s3-tfstate"/,
      ),
    ]);
  });

  it("let a second service and a second environment take the default names beside the seed's", () => {
    const stg =
      "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n";
    expect(faultsIn(edit(two, ["\nservices:", `${stg}\nservices:`]))).toEqual([]);
  });
});
