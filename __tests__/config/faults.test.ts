import { edit, faultsAfter, faultsIn, shippedYaml } from "../support/faults";

type Edit = readonly [part: string, by: string];

const STG =
  "  stg:\n    account: dev\n    branch: stage\n    cluster: main\n    network: { cidr: 10.20.0.0/16 }\n    ingress: { http: true }\n";
const withStg = (text: string) => edit(text, ["\nservices:", `${STG}\nservices:`]);
const service = (name: string, more: string) =>
  `  ${name}:\n    port: 8080\n    path: /${name}\n    healthCheckPath: /health\n${more}`;
const PORT: Edit = ["port: 10012", "port: 10012\n    "];
const more = (text: string): Edit => [PORT[0], PORT[1] + text];
/** Keys of the build section, before the one that is there. */
const build = (text: string): Edit => ["build: {", `build: { ${text},`];
const ingress = (text: string): Edit => ["ingress: { http: true }", `ingress: ${text}`];

describe("a faulty configuration", () => {
  it("has none when it is the shipped one", () => {
    expect(faultsIn(shippedYaml)).toEqual([]);
  });

  it("shows the line and column of the value, the path, what was expected and what was found", () => {
    expect(faultsAfter(["branch: develop", "account: dve\n    branch: develop"])).toEqual([
      'c.yaml:17:14 environments.dev.account: expected one of shared, dev, got "dve"; did you mean dev?',
    ]);
  });

  it.each<[string, Edit, RegExp]>([
    [
      "a misspelt key",
      ["port: 10012", "prot: 10012"],
      /services\.awssdk-iam\.prot: expected one of the keys .*port.*, got "prot"/,
    ],
    [
      "a missing key",
      ["port: 10012", ""],
      /services\.awssdk-iam\.port: expected a port from 1 to 65535, got nothing/,
    ],
    [
      "an account id without quotes",
      ['"202949997891"', "202949997891"],
      /accounts\.shared\.id: expected a 12-digit .* in quotes.*, got 202949997891/,
    ],
    [
      "no shared account",
      ["shared: {", "other: {"],
      /accounts\.shared: expected the account that builds and delivers, got nothing/,
    ],
    [
      "a region that does not exist",
      ["ap-northeast-2", "ap-northeast-9"],
      /region: expected an AWS region .*, got "ap-northeast-9"/,
    ],
    [
      "a region of another partition",
      ["ap-northeast-2", "cn-north-1"],
      /region: expected a region of the aws/,
    ],
    [
      "an environment in an account that is missing",
      ["  dev: {", "  test: {"],
      /environments\.dev: expected an account named dev, or account: one of shared, test/,
    ],
    [
      "an environment of a reserved name",
      ["environments:\n  dev:", "environments:\n  shared:"],
      /environments\.shared: expected an environment name .* other than bootstrap, shared, got "shared"/,
    ],
    [
      "a service name with capitals",
      ["awssdk-iam:", "Awssdk:"],
      /services\.Awssdk: expected a service name .*, got "Awssdk"/,
    ],
    [
      "a branch that Git refuses",
      ["branch: develop", 'branch: "a..b"'],
      /environments\.dev\.branch: expected a Git branch name .*, got "a\.\.b"/,
    ],
    [
      "a commit id as branch",
      ["branch: develop", `branch: ${"a1".repeat(20)}`],
      /environments\.dev\.branch: expected a Git branch name/,
    ],
    [
      "a network with host bits",
      ["10.10.0.0/16", "10.10.0.1/16"],
      /network\.cidr: expected a network address without host bits, such as 10\.10\.0\.0\/16, got "10\.10\.0\.1\/16"/,
    ],
    [
      "a network too small for four subnets",
      ["10.10.0.0/16", "10.10.0.0/25"],
      /network\.cidr: expected a network from \/16 to \/24.*, got "10\.10\.0\.0\/25"/,
    ],
    [
      "a network larger than a VPC",
      ["10.10.0.0/16", "10.0.0.0/8"],
      /network\.cidr: expected a network from \/16 to \/24/,
    ],
    [
      "something that is no network",
      ["10.10.0.0/16", "10.10.0.0"],
      /network\.cidr: expected an IPv4 network such as 10\.10\.0\.0\/16, got "10\.10\.0\.0"/,
    ],
    [
      "one public subnet",
      [
        "cidr: 10.10.0.0/16",
        "vpcId: vpc-12345678\n      publicSubnetIds: [subnet-12345678]\n      privateSubnetIds: [subnet-12345679, subnet-12345670]",
      ],
      /network\.publicSubnetIds: expected at least two subnets/,
    ],
    [
      "one private subnet, twice",
      [
        "cidr: 10.10.0.0/16",
        "vpcId: vpc-12345678\n      publicSubnetIds: [subnet-12345678, subnet-12345671]\n      privateSubnetIds: [subnet-12345679, subnet-12345679]",
      ],
      /network\.privateSubnetIds: expected different subnets/,
    ],
    [
      "a NAT that does not exist",
      ["cidr: 10.10.0.0/16", "cidr: 10.10.0.0/16\n      nat: two"],
      /network\.nat: expected one of none, single, per-zone, got "two"/,
    ],
    [
      "an idle timeout that an ALB does not allow",
      ingress("{ idleTimeoutSeconds: 4001 }"),
      /ingress\.idleTimeoutSeconds: expected a whole number of seconds from 1 to 4000, got 4001/,
    ],
    [
      "a test port that is the production listener's",
      ingress("{ testPort: 80 }"),
      /ingress\.testPort: expected another port than the production listener's, got 80/,
    ],
    [
      "test and HTTPS on one port",
      ingress(
        "{ testPort: 443, certificateArn: 'arn:aws:acm:ap-northeast-2:558846431111:certificate/1234abcd' }",
      ),
      /ingress\.testPort: expected another port/,
    ],
    [
      "a test listener open to the world",
      ingress("{ testTrafficFrom: [0.0.0.0/0] }"),
      /ingress\.testTrafficFrom\.0: expected a network of \/8 or smaller, or testTrafficFromInternet: true, got "0\.0\.0\.0\/0"/,
    ],
    [
      "a test listener open to half the world",
      ingress("{ testTrafficFrom: [0.0.0.0/1] }"),
      /ingress\.testTrafficFrom\.0: expected a network of \/8 or smaller/,
    ],
    [
      "a certificate of another region",
      ingress("{ certificateArn: 'arn:aws:acm:us-east-1:558846431111:certificate/1234abcd' }"),
      /ingress\.certificateArn: expected a certificate of the environment's account and region/,
    ],
    [
      "a certificate of another account",
      ingress("{ certificateArn: 'arn:aws:acm:ap-northeast-2:202949997891:certificate/1234abcd' }"),
      /ingress\.certificateArn: expected a certificate of the environment's account and region/,
    ],
    [
      "a retention that CloudWatch lacks",
      ["protect: false", "logRetentionDays: 31"],
      /logRetentionDays: expected a number of days that CloudWatch Logs knows: 1, 3, .*, got 31/,
    ],
    [
      "CPU units that Fargate lacks",
      more("task: { cpu: 300 }"),
      /task\.cpu: expected CPU units that Fargate has: 256, .*, got 300/,
    ],
    [
      "memory that Fargate does not allow with the CPU",
      more("task: { cpu: 256, memory: 4096 }"),
      /task\.memory: expected MiB that Fargate allows with 256 CPU units: 512, 1024, 2048, got 4096/,
    ],
    [
      "no tasks",
      more("task: { desiredCount: 0 }"),
      /task\.desiredCount: expected a whole number of tasks from 1 to 5000, got 0/,
    ],
    [
      "a variable that is no text",
      more("task: { variables: { A: 1 } }"),
      /task\.variables\.A: expected text, in quotes: "8080", got 1/,
    ],
    [
      "a build variable of CodeBuild's own",
      build('variables: { CODEBUILD_X: "x" }'),
      /build\.variables\.CODEBUILD_X: expected the name of an environment variable, without the prefix CODEBUILD_/,
    ],
    [
      "a variable that cdktf would take for a token",
      more('task: { variables: { A: "${TfToken[TOKEN.1]}" } }'),
      /task\.variables\.A: expected text without \$\{TfToken\[/,
    ],
    [
      "a tag of codeseries's own in another case",
      ["state:", "tags: { service: x }\nstate:"],
      /tags\.service: expected a tag key other than Name, Environment, Service, ManagedBy/,
    ],
    [
      "two tags that differ in case only",
      ["state:", "tags: { team: x, Team: y }\nstate:"],
      /tags: expected tag keys that differ in more than case/,
    ],
    [
      "subnets that are public and private",
      [
        "cidr: 10.10.0.0/16",
        "vpcId: vpc-12345678\n      publicSubnetIds: [subnet-12345678, subnet-12345671]\n      privateSubnetIds: [subnet-12345671, subnet-12345672]",
      ],
      /network\.privateSubnetIds: expected other subnets than the public ones/,
    ],
    [
      "one test network twice",
      ingress("{ testTrafficFrom: [10.0.0.0/16, 10.0.0.0/16] }"),
      /ingress\.testTrafficFrom: expected different networks/,
    ],
    [
      "a service called as the X-Ray daemon's container",
      ["awssdk-iam:", "xray-daemon:"],
      /services\.xray-daemon: expected a service name .* other than xray-daemon/,
    ],
    [
      "an override for what every object has",
      ["      dev:\n        #", "      constructor: {}\n      dev:\n        #"],
      /services\.awssdk-iam\.environments\.constructor: expected one of dev/,
    ],
    [
      "a build variable of codeseries's own",
      build('variables: { ENVIRONMENT: "x" }'),
      /build\.variables\.ENVIRONMENT: expected a variable that codeseries does not set/,
    ],
    [
      "a secret that is a bucket",
      more("task: { secrets: { A: arn:aws:s3:::x } }"),
      /task\.secrets\.A: expected the whole ARN of a Secrets Manager secret/,
    ],
    [
      "a secret that is a variable too",
      more(
        'task: { variables: { A: "x" }, secrets: { A: "arn:aws:ssm:ap-northeast-2:558846431111:parameter/a" } }',
      ),
      /task\.secrets\.A: expected a name that is not also in variables/,
    ],
    [
      "a maximum below the minimum",
      more("scaling: { min: 3, max: 2, cpuPercent: 60 }"),
      /scaling\.max: expected at least min, 3, got 2/,
    ],
    [
      "scaling by nothing",
      more("scaling: { min: 1, max: 2 }"),
      /scaling: expected at least one of cpuPercent, memoryPercent and requestsPerTarget, got \{"min":1,"max":2\}/,
    ],
    [
      "a deployment configuration of EC2",
      more("deployment: { config: CodeDeployDefault.OneAtATime }"),
      /deployment\.config: expected one of CodeDeployDefault\.ECSAllAtOnce, .*, got "CodeDeployDefault\.OneAtATime"/,
    ],
    [
      "a canary of everything",
      more("deployment: { config: { canary: { percent: 100, minutes: 5 } } }"),
      /deployment\.config\.canary\.percent: expected a whole number of percent from 1 to 99, got 100/,
    ],
    [
      "a linear shift of more than two days",
      more("deployment: { config: { linear: { percent: 1, minutes: 60 } } }"),
      /deployment\.config\.linear\.minutes: expected steps that shift all traffic within 2880 minutes/,
    ],
    [
      "a wait of more than two days",
      more("deployment: { readyWaitMinutes: 2881 }"),
      /deployment\.readyWaitMinutes: expected a whole number of minutes from 0 to 2880, got 2881/,
    ],
    [
      "a hook of another account",
      more(
        "deployment: { hooks: { afterInstall: 'arn:aws:lambda:ap-northeast-2:202949997891:function:f' } }",
      ),
      /deployment\.hooks\.afterInstall: expected a function of the account and region of dev/,
    ],
    [
      "an ARM build image",
      build("image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0'"),
      /build\.image: expected an image for task\.architecture x86_64, such as aws\/codebuild\/amazonlinux-x86_64/,
    ],
    [
      "a Lambda compute type",
      build("computeType: BUILD_LAMBDA_1GB"),
      /build\.computeType: expected one of BUILD_GENERAL1_SMALL/,
    ],
    [
      "a build of four minutes",
      build("timeoutMinutes: 4"),
      /build\.timeoutMinutes: expected a whole number of minutes from 5 to 2160, got 4/,
    ],
    [
      "a path with a slash at its end",
      ["path: /iam", "path: /iam/"],
      /services\.awssdk-iam\.path: expected \/, a path such as \/iam .* or a pattern/,
    ],
    [
      "a path that leads up",
      ["healthCheckPath: /iam/", "healthCheckPath: /../"],
      /services\.awssdk-iam\.healthCheckPath: expected \/ or a path such as \/iam/,
    ],
    [
      "a health check among programs",
      ["healthCheckPath: /iam/", "healthCheckPath: /cgi-bin/"],
      /services\.awssdk-iam\.healthCheckPath: expected \/ or a path such as \/iam/,
    ],
    [
      "a path with four wildcards",
      ["path: /iam", "path: /i*a*b*c*"],
      /services\.awssdk-iam\.path: expected \/, a path such as \/iam .* at most three \* and \?/,
    ],
    [
      "a repository name that ends in .git",
      ["repository: awssdk-iam", "repository: awssdk.git"],
      /source\.repository: expected a CodeCommit repository name .* not ending in \.git; .*, got "awssdk\.git"/,
    ],
    [
      "two sources",
      [
        "repository: awssdk-iam }",
        "repository: awssdk-iam, connection: { arn: 'arn:aws:codeconnections:ap-northeast-2:202949997891:connection/1a', repository: a/b } }",
      ],
      /services\.awssdk-iam\.source: expected repository or connection, not both/,
    ],
    [
      "a connection that is none",
      ["source: { repository: awssdk-iam }", "source: { connection: { arn: x, repository: a/b } }"],
      /source\.connection\.arn: expected the ARN of a connection/,
    ],
    [
      "a tag of codeseries's own",
      ["state:", "tags: { Name: x }\nstate:"],
      /tags\.Name: expected a tag key other than Name, Environment, Service, ManagedBy/,
    ],
    [
      "a tag of AWS's own",
      ["state:", "tags: { 'aws:x': y }\nstate:"],
      /tags\.aws:x: expected a tag key .* not starting with aws:/,
    ],
    [
      "a template with an unknown variable",
      ["state:", "names: { pipeline: '{stage}' }\nstate:"],
      /names\.pipeline: expected a name with no variables but \{organization\}, \{environment\}, \{cluster\}, \{service\}, got "\{stage\}"/,
    ],
    [
      "a service in the cluster's name",
      ["state:", "names: { cluster: '{service}' }\nstate:"],
      /names\.cluster: expected a name with no variables but \{organization\}, \{environment\}, \{cluster\}, got/,
    ],
    [
      "a template that does not exist",
      ["state:", "names: { pipelines: x }\nstate:"],
      /names\.pipelines: expected one of repository, .*, got "pipelines"/,
    ],
    [
      "a delivery's own name of the cluster",
      ["artifactBucket:", "cluster: x\n          artifactBucket:"],
      /environments\.dev\.names\.cluster: expected one of artifactBucket/,
    ],
    [
      "an override for an unknown environment",
      ["      dev:\n        #", "      prd: {}\n      dev:\n        #"],
      /services\.awssdk-iam\.environments\.prd: expected one of dev, got "prd"/,
    ],
  ])("is refused for %s", (_, change, expected) => {
    const faults = faultsAfter(change);
    expect(faults.filter((line) => expected.test(line))).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ["share addresses", "10.20.0.0/16", "10.10.128.0/20"],
    ["hold one another", "10.20.0.0/16", "10.10.0.0/16"],
  ])("is refused for networks that %s", (_, cidr, other) => {
    expect(faultsIn(edit(withStg(shippedYaml), [cidr, other]))).toEqual([
      `c.yaml:27:22 environments.stg.network.cidr: expected a network that does not overlap 10.10.0.0/16 of environment dev, got "${other}"`,
    ]);
  });

  it("is refused for two services with one host and path, but not with one port", () => {
    const two = `${shippedYaml}${service("two", "")}`;
    expect(faultsIn(two)).toEqual([]);
    expect(faultsIn(edit(two, ["path: /two", "path: /iam"]))).toEqual([
      'c.yaml:43:11 services.two.path: expected another host and path than service awssdk-iam in dev, got "/iam"',
    ]);
    expect(faultsIn(edit(two, ["path: /two", "path: /iam\n    host: two.example.com"]))).toEqual([]);
    expect(faultsIn(edit(two, ["port: 8080", "port: 10012"]))).toEqual([]);
  });

  it("checks what an environment overrides together with what it does not", () => {
    const overridden = `${shippedYaml}${service("two", "    task: { cpu: 1024, memory: 2048 }\n    environments: { dev: { task: { cpu: 256, memory: 8192 } } }\n")}`;
    expect(faultsIn(overridden)).toEqual([
      "c.yaml:46:54 services.two.environments.dev.task.memory: expected MiB that Fargate allows with 256 CPU units: 512, 1024, 2048, got 8192",
    ]);
  });

  it("shows every fault at once, in the order of the file, even where single keys are broken", () => {
    const faults = faultsAfter(
      ["ap-northeast-2", "nowhere"],
      ["branch: develop", "account: dve\n    branch: develop"],
      ["10.10.0.0/16", "10.10.0.1/16"],
      more("task: { cpu: 256, memory: 4096, exec: maybe }"),
    );
    expect(faults.map((line) => line.split(" ")[1])).toEqual([
      "region:",
      "environments.dev.account:",
      "environments.dev.network.cidr:",
      "services.awssdk-iam.task.memory:",
      "services.awssdk-iam.task.exec:",
    ]);
  });

  it.each([
    ["deployment: { config: { canary: } }", "deployment.config.canary"],
    ["deployment: { config: { linear: [] } }", "deployment.config.linear"],
    ["deployment: { config: { constructor: {} } }", "deployment.config"],
    ["environments: { dev: { build: { variables: } } }", "environments.dev.build.variables"],
    ["environments: { dev: { task: { variables: 0, secrets: } } }", "environments.dev.task.variables"],
    ["environments: { dev: { deployment: { hooks: } } }", "environments.dev.deployment.hooks"],
    ["environments: { dev: { scaling: } }", "environments.dev.scaling"],
  ])("names %s, which holds nothing of use", (text, path) => {
    const faults = faultsIn(`${shippedYaml}${service("two", `    ${text}\n`)}`);
    expect(faults.some((line) => line.includes(` services.two.${path}`))).toBe(true);
  });

  it.each(["sg", "sg-team", "internal"])("refuses organization %s in one line, for all names", (name) => {
    expect(faultsAfter(["organization: bys", `organization: ${name}`])).toEqual([
      expect.stringMatching(/ organization: expected .* not starting with sg, internal, .*, got "/),
    ]);
  });

  it("lets a secret have a name that every object has", () => {
    const secret = "arn:aws:ssm:ap-northeast-2:558846431111:parameter/a";
    expect(faultsAfter(more(`task: { secrets: { toString: "${secret}" } }`))).toEqual([]);
  });

  it("shows no fault that only follows from another", () => {
    expect(faultsAfter(['"558846431111"', '"5588"'])).toHaveLength(1);
    expect(faultsAfter(more("scaling: { min: 1, max: 2, cpuPercent: 101 }"))).toHaveLength(1);
  });
});
