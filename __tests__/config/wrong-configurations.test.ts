import { edit, faultsIn } from "../support/faults";

const BASE = `organization: acme
region: eu-central-1
state: { bucket: acme-terraform-state }
accounts:
  shared: { id: "111111111111" }
  dev: { id: "222222222222" }
environments:
  dev:
    branch: develop
    cluster: main
    network: { cidr: 10.10.0.0/16 }
    protect: false
services:
  orders:
    port: 8080
    path: /orders
    healthCheckPath: /orders/health
`;

type Edit = readonly [part: string, by: string];
const SUBNETS =
  "publicSubnetIds: [subnet-12345678, subnet-12345671], privateSubnetIds: [subnet-12345679, subnet-12345670]";
const PROD =
  "prod: { account: dev, branch: main, cluster: main, network: { cidr: 10.10.64.0/18 }, ingress: { http: true } }";
const network = (text: string): Edit => ["cidr: 10.10.0.0/16", text];
const account = (text: string): Edit => ['{ id: "222222222222" }', text];
const environment = (text: string): Edit => ["cluster: main", `cluster: main\n    ${text}`];
const service = (text: string): Edit => ["port: 8080", `port: 8080\n    ${text}`];
const task = (text: string): Edit => service(`task: { ${text} }`);
const deployment = (text: string): Edit => service(`deployment: { ${text} }`);
const source = (text: string): Edit => service(`source: { ${text} }`);
const arn = (of: string, owner = "222222222222", region = "eu-central-1") => {
  const [type, ...resource] = of.split(" ");
  return `"arn:aws:${type ?? ""}:${region}:${owner}:${resource.join("")}"`;
};

/**
 * What a new user gets wrong, by kind, and every line that the user then reads, without the name of the file.
 * Lists of keys are left out: they grow.
 */
const WRONG: Readonly<Record<string, readonly (readonly [what: string, edit: Edit, line: string])[]>> = {
  "misspelt keys": [
    [
      "a key at the top",
      ["environments:\n", "environment:\n"],
      '7:1 environment: expected one of the keys …, got "environment"; did you mean environments?',
    ],
    [
      "two letters swapped",
      ["port: 8080", "prot: 8080"],
      '15:5 services.orders.prot: expected one of the keys …, got "prot"; did you mean port?',
    ],
    [
      "with underscores",
      ["healthCheckPath:", "health_check_path:"],
      '17:5 services.orders.health_check_path: expected one of the keys …, got "health_check_path"; did you mean healthCheckPath?',
    ],
    [
      "with a capital",
      ["branch: develop", "Branch: develop"],
      '9:5 environments.dev.Branch: expected one of the keys …, got "Branch"; did you mean branch?',
    ],
    [
      "of the AppSpec file",
      deployment(`hooks: { AfterAllowTestTraffic: ${arn("lambda function:smoke")} }`),
      '16:28 services.orders.deployment.hooks.AfterAllowTestTraffic: expected one of the keys …, got "AfterAllowTestTraffic"; did you mean afterAllowTestTraffic?',
    ],
  ],
  "keys in the wrong place": [
    [
      "a task's size in the service",
      service("cpu: 512"),
      '16:5 services.orders.cpu: expected one of the keys …, got "cpu"',
    ],
  ],
  YAML: [
    [
      "a tab",
      ["    branch: develop", "\tbranch: develop"],
      "9:1 not YAML: a tab indents this line; YAML allows spaces only",
    ],
    [
      "no space after a colon",
      ["branch: develop", "branch:develop"],
      "9:5 not YAML: no key, or one without a space after its colon",
    ],
    [
      "a key of another indentation",
      ["    cluster: main", "   cluster: main"],
      "10:1 not YAML: All mapping items must start at the same column",
    ],
    [
      "a key twice",
      ["branch: develop", "branch: develop\n    branch: main"],
      "10:5 not YAML: branch stands twice in its mapping",
    ],
    [
      "an alias without an anchor",
      ["branch: develop", "branch: *branch"],
      "9:13 not YAML: *branch: expected an anchor &branch before it",
    ],
    [
      "two documents",
      ["services:", "---\nservices:"],
      "13:1 not YAML: a second document starts here; a configuration is one document",
    ],
  ],
  "lists for mappings": [
    [
      "services",
      ["  orders:", "  - orders:"],
      '14:3 services: expected a mapping of services, not a list, got [{"orders":null,"port":8080,"path":"/orders","healthCheckPath":"/orders/health"}]',
    ],
    [
      "variables as in a task definition",
      task("variables: [{ name: A, value: b }]"),
      '16:24 services.orders.task.variables: expected a mapping of names to text, not a list, got [{"name":"A","value":"b"}]',
    ],
    [
      "tags as in a template",
      ["state:", "tags: [{ Key: a, Value: b }]\nstate:"],
      '3:7 tags: expected a mapping of tags, not a list, got [{"Key":"a","Value":"b"}]',
    ],
  ],
  "account ids": [
    [
      "without quotes",
      ['"222222222222"', "222222222222"],
      '6:14 accounts.dev.id: expected a 12-digit AWS account id in quotes, such as "123456789012", got 222222222222',
    ],
    [
      "with hyphens",
      ['"222222222222"', '"2222-2222-2222"'],
      '6:14 accounts.dev.id: expected a 12-digit AWS account id in quotes, such as "123456789012", got "2222-2222-2222"',
    ],
    [
      "an account that is only its id",
      account('"222222222222"'),
      '6:8 accounts.dev: expected a mapping with the keys …, got "222222222222"',
    ],
  ],
  "numbers and text": [
    [
      "a port in quotes",
      ["port: 8080", 'port: "8080"'],
      '15:11 services.orders.port: expected a port from 1 to 65535, without quotes, got "8080"',
    ],
    [
      "a port mapping",
      ["port: 8080", "port: 80:8080"],
      '15:11 services.orders.port: expected a port from 1 to 65535, got "80:8080"',
    ],
    [
      "a version without quotes",
      service("version: 1.10"),
      '16:14 services.orders.version: expected a version in quotes, such as "0.0.1", got 1.1',
    ],
    [
      "a variable without quotes",
      task("variables: { PORT: 8080 }"),
      '16:32 services.orders.task.variables.PORT: expected text, in quotes: "8080", got 8080',
    ],
    [
      "a wait with a unit",
      deployment("blueTerminationWaitMinutes: 15m"),
      '16:47 services.orders.deployment.blueTerminationWaitMinutes: expected a whole number of minutes from 0 to 2880, got "15m"',
    ],
  ],
  "yes and no": [
    [
      "in words",
      ["protect: false", "protect: yes\n    ingress: { http: true }"],
      '12:14 environments.dev.protect: expected true or false, got "yes"',
    ],
  ],
  "what is missing": [
    [
      "a port",
      ["    port: 8080\n", ""],
      "14:3 services.orders.port: expected a port from 1 to 65535, got nothing",
    ],
    [
      "the region",
      ["region: eu-central-1\n", ""],
      "1:1 region: expected an AWS region such as ap-northeast-2, got nothing",
    ],
    [
      "the account that delivers",
      ["shared: {", "main: {"],
      "4:1 accounts.shared: expected the account that builds and delivers, got nothing",
    ],
    [
      "every service",
      [BASE.slice(BASE.indexOf("services:")), "services: {}\n"],
      "13:11 services: expected at least one of the services, got {}",
    ],
  ],
  regions: [
    [
      "a zone",
      ["region: eu-central-1", "region: eu-central-1a"],
      '2:9 region: expected an AWS region such as eu-central-1, got "eu-central-1a"',
    ],
    [
      "a city",
      ["region: eu-central-1", "region: Frankfurt"],
      '2:9 region: expected an AWS region such as ap-northeast-2, got "Frankfurt"',
    ],
  ],
  accounts: [
    [
      "an unknown one",
      environment("account: prod"),
      '11:14 environments.dev.account: expected one of shared, dev, got "prod"',
    ],
    [
      "none for an environment",
      ["  dev:\n", "  test:\n"],
      "8:3 environments.test: expected an account named test, or account: one of shared, dev, got nothing",
    ],
    [
      "a session in place of a role",
      account('{ id: "222222222222", assumeRole: "arn:aws:sts::222222222222:assumed-role/x/y" }'),
      '6:42 accounts.dev.assumeRole: expected the name or the ARN of an IAM role, got "arn:aws:sts::222222222222:assumed-role/x/y"',
    ],
  ],
  environments: [
    [
      "an unknown one",
      service("environments: { prod: { task: { desiredCount: 4 } } }"),
      '16:21 services.orders.environments.prod: expected one of dev, got "prod"',
    ],
    [
      "a name with a hyphen",
      ["  dev:\n", "  dev-1:\n    account: dev\n"],
      '8:3 environments.dev-1: expected an environment name of at most 16 lower-case letters or digits, a letter first, other than bootstrap, shared, got "dev-1"',
    ],
    [
      "a reserved name",
      ["  dev:\n", "  shared:\n"],
      '8:3 environments.shared: expected an environment name of at most 16 lower-case letters or digits, a letter first, other than bootstrap, shared, got "shared"',
    ],
  ],
  branches: [
    [
      "a reference",
      ["branch: develop", "branch: refs/heads/develop"],
      '9:13 environments.dev.branch: expected a Git branch name of 1 to 256 characters, without refs/heads/ before it and without wildcards, got "refs/heads/develop"',
    ],
    [
      "a wildcard",
      ["branch: develop", "branch: release/*"],
      '9:13 environments.dev.branch: expected a Git branch name of 1 to 256 characters, without refs/heads/ before it and without wildcards, got "release/*"',
    ],
    [
      "a variable of a shell",
      ["branch: develop", "branch: ${BRANCH}"],
      '9:13 environments.dev.branch: expected a Git branch name of 1 to 256 characters, without refs/heads/ before it and without wildcards, got "${BRANCH}"',
    ],
  ],
  CIDRs: [
    [
      "an address",
      network("cidr: 10.10.0.0"),
      '11:22 environments.dev.network.cidr: expected an IPv4 network such as 10.10.0.0/16, got "10.10.0.0"',
    ],
    [
      "host bits",
      network("cidr: 10.10.1.0/16"),
      '11:22 environments.dev.network.cidr: expected a network address without host bits, such as 10.10.0.0/16, got "10.10.1.0/16"',
    ],
    [
      "too large a network",
      network("cidr: 10.0.0.0/8"),
      '11:22 environments.dev.network.cidr: expected a network from /16 to /24, so that each of the four subnets holds an ALB, got "10.0.0.0/8"',
    ],
    [
      "two that overlap",
      ["services:", `  ${PROD}\nservices:`],
      '13:71 environments.prod.network.cidr: expected a network that does not overlap 10.10.0.0/16 of environment dev, got "10.10.64.0/18"',
    ],
  ],
  "existing networks": [
    [
      "a name for an id",
      network(`vpcId: main, ${SUBNETS}`),
      '11:23 environments.dev.network.vpcId: expected a VPC id such as vpc-0123456789abcdef0, got "main"',
    ],
    [
      "one subnet, not in a list",
      network(
        "vpcId: vpc-12345678, publicSubnetIds: subnet-12345678, privateSubnetIds: [subnet-12345679, subnet-12345670] }\n    ingress: { internal: true",
      ),
      '11:54 environments.dev.network.publicSubnetIds: expected a list of subnet ids, got "subnet-12345678"',
    ],
    [
      "one subnet for the load balancer",
      network(
        "vpcId: vpc-12345678, publicSubnetIds: [subnet-12345678], privateSubnetIds: [subnet-12345679, subnet-12345670] }\n    ingress: { internal: true",
      ),
      '11:54 environments.dev.network.publicSubnetIds: expected at least two subnets, in two Availability Zones: an ALB needs them, got ["subnet-12345678"]',
    ],
  ],
  certificates: [
    [
      "of CloudFront's region",
      environment(`ingress: { certificateArn: ${arn("acm certificate/1a", "222222222222", "us-east-1")} }`),
      '11:32 environments.dev.ingress.certificateArn: expected a certificate of the environment\'s account and region, arn:aws:acm:eu-central-1:222222222222:…, got "arn:aws:acm:us-east-1:222222222222:certificate/1a"',
    ],
    [
      "of another account",
      environment(`ingress: { certificateArn: ${arn("acm certificate/1a", "111111111111")} }`),
      '11:32 environments.dev.ingress.certificateArn: expected a certificate of the environment\'s account and region, arn:aws:acm:eu-central-1:222222222222:…, got "arn:aws:acm:eu-central-1:111111111111:certificate/1a"',
    ],
    [
      "its id alone",
      environment("ingress: { certificateArn: 1234abcd-12ab }"),
      '11:32 environments.dev.ingress.certificateArn: expected the ARN of an ACM certificate, got "1234abcd-12ab"',
    ],
  ],
  listeners: [
    [
      "the test listener on the production port",
      environment("ingress: { testPort: 80 }"),
      "11:26 environments.dev.ingress.testPort: expected another port than the production listener's, got 80",
    ],
  ],
  repositories: [
    [
      "a URL of GitHub",
      source("repository: https://github.com/acme/orders"),
      '16:27 services.orders.source.repository: expected a CodeCommit repository name of at most 100 letters, digits or ._-, not ending in .git; repositories of GitHub, GitLab and Bitbucket go into connection, got "https://github.com/acme/orders"',
    ],
    [
      "an owner and a name",
      source("repository: acme/orders"),
      '16:27 services.orders.source.repository: expected a CodeCommit repository name of at most 100 letters, digits or ._-, not ending in .git; repositories of GitHub, GitLab and Bitbucket go into connection, got "acme/orders"',
    ],
    [
      "a clone URL behind a connection",
      source(
        `connection: { arn: ${arn("codeconnections connection/1a", "111111111111")}, repository: https://github.com/acme/orders.git }`,
      ),
      '16:113 services.orders.source.connection.repository: expected the full name of a repository, owner/name, got "https://github.com/acme/orders.git"',
    ],
  ],
  "Fargate's sizes": [
    [
      "memory that the CPU does not have",
      task("cpu: 512, memory: 8192"),
      "16:31 services.orders.task.memory: expected MiB that Fargate allows with 512 CPU units: 1024, 2048, 3072, 4096, got 8192",
    ],
    [
      "memory with a unit",
      task("memory: 1GB"),
      '16:21 services.orders.task.memory: expected a whole number of MiB from 512 to 122880, got "1GB"',
    ],
    [
      "half a vCPU",
      task("cpu: 0.5"),
      "16:18 services.orders.task.cpu: expected a whole number of CPU units from 256 to 16384, got 0.5",
    ],
    [
      "another word for the processor",
      task("architecture: amd64"),
      '16:27 services.orders.task.architecture: expected one of x86_64, arm64, got "amd64"',
    ],
  ],
  sidecars: [
    [
      "only an image",
      task("sidecars: { proxy: nginx }"),
      '16:32 services.orders.task.sidecars.proxy: expected a mapping with the keys …, got "nginx"',
    ],
    [
      "the service's name",
      task("sidecars: { orders: { image: 'nginx:1.27' } }"),
      '16:25 services.orders.task.sidecars.orders: expected another name than the service\'s, which is the name of its container, got "orders"',
    ],
    [
      "one that does not exist",
      task("dependsOn: { otel: START }"),
      '16:26 services.orders.task.dependsOn.otel: expected one of the task\'s other containers: there is none, got "otel"',
    ],
  ],
  scaling: [
    [
      "nothing to follow",
      service("scaling: { min: 1, max: 2 }"),
      '16:14 services.orders.scaling: expected at least one of cpuPercent, memoryPercent and requestsPerTarget, got {"min":1,"max":2}',
    ],
    [
      "min above max",
      service("scaling: { min: 4, max: 2, cpuPercent: 50 }"),
      "16:29 services.orders.scaling.max: expected at least min, 4, got 2",
    ],
    [
      "fewer tasks than min",
      [
        "port: 8080",
        "port: 8080\n    scaling: { min: 2, max: 4, cpuPercent: 50 }\n    task: { desiredCount: 1 }",
      ],
      "17:27 services.orders.task.desiredCount: expected a number of tasks from scaling.min, 2, to scaling.max, 4; left out, it is min, got 1",
    ],
  ],
  deployments: [
    [
      "a short name",
      deployment("config: AllAtOnce"),
      '16:27 services.orders.deployment.config: expected one of CodeDeployDefault.ECSAllAtOnce, CodeDeployDefault.ECSLinear10PercentEvery1Minutes, CodeDeployDefault.ECSLinear10PercentEvery3Minutes, CodeDeployDefault.ECSCanary10Percent5Minutes, CodeDeployDefault.ECSCanary10Percent15Minutes, got "AllAtOnce"',
    ],
    [
      "a canary without minutes",
      deployment("config: { canary: 10 }"),
      "16:37 services.orders.deployment.config.canary: expected a mapping with the keys …, got 10",
    ],
    [
      "alarms that outlive blue",
      deployment("alarms: { minutes: 30 }"),
      "16:5 services.orders.deployment.blueTerminationWaitMinutes: expected at least 28 minutes: after the traffic shift, 5, an alarm of alarms.minutes, 30, must still find blue, got 15",
    ],
    [
      "the ARN of an alarm",
      deployment(`alarmNames: [${arn("cloudwatch alarm:x")}]`),
      '16:32 services.orders.deployment.alarmNames.0: expected the name of a CloudWatch alarm of the environment\'s account and region, not its ARN, got "arn:aws:cloudwatch:eu-central-1:222222222222:alarm:x"',
    ],
  ],
  hooks: [
    [
      "a function's name",
      deployment("hooks: { afterAllowTestTraffic: smoke-test }"),
      '16:51 services.orders.deployment.hooks.afterAllowTestTraffic: expected the ARN of a Lambda function, got "smoke-test"',
    ],
    [
      "a function of another account",
      deployment(`hooks: { afterAllowTestTraffic: ${arn("lambda function:smoke", "111111111111")} }`),
      '16:51 services.orders.deployment.hooks.afterAllowTestTraffic: expected a function of the account and region of dev, arn:aws:lambda:eu-central-1:222222222222:…, got "arn:aws:lambda:eu-central-1:111111111111:function:smoke"',
    ],
  ],
  builds: [
    [
      "an image of Docker Hub",
      service("build: { image: 'ubuntu:24.04' }"),
      '16:21 services.orders.build.image: expected a curated image of CodeBuild such as aws/codebuild/amazonlinux-x86_64-standard:5.0, got "ubuntu:24.04"',
    ],
    [
      "a Dockerfile outside the repository",
      service("build: { dockerfile: ../Dockerfile }"),
      '16:26 services.orders.build.dockerfile: expected a path inside the repository, without . and .. as parts, such as docker/Dockerfile, got "../Dockerfile"',
    ],
  ],
  names: [
    [
      "an organization with capitals",
      ["organization: acme", "organization: ACME"],
      '1:15 organization: expected an organization of lower-case letters, digits and single hyphens, a letter first, not starting with sg, internal, sthree, amzn-s3-demo, which AWS reserves at the start of names, got "ACME"',
    ],
    [
      "a service with an underscore",
      ["  orders:\n", "  order_service:\n"],
      '14:3 services.order_service: expected a service name of lower-case letters, digits and single hyphens, a letter first, other than xray-daemon, got "order_service"',
    ],
    [
      "a bucket with capitals",
      ["acme-terraform-state", "Acme-State"],
      '3:18 state.bucket: expected an S3 bucket name: 3 to 63 lower-case letters, digits, dots or hyphens, and none of the prefixes and suffixes that S3 reserves, got "Acme-State"',
    ],
    [
      "an unknown variable in a template",
      ["state:", "names: { cluster: '{org}-{cluster}' }\nstate:"],
      '3:19 names.cluster: expected a name with no variables but {organization}, {environment}, {cluster}, got "{org}-{cluster}"',
    ],
  ],
  tags: [
    [
      "one that codeseries sets",
      ["state:", "tags: { Name: x }\nstate:"],
      '3:9 tags.Name: expected a tag key other than Name, Environment, Service, ManagedBy, which codeseries sets itself, got "Name"',
    ],
  ],
  notifications: [
    [
      "no address",
      environment("notifications: { email: [team] }"),
      '11:30 environments.dev.notifications.email.0: expected an email address, got "team"',
    ],
    [
      "a topic of another account",
      environment(`notifications: { topicArn: ${arn("sns releases")} }`),
      '11:32 environments.dev.notifications.topicArn: expected a topic of the shared account and the system\'s region, arn:aws:sns:eu-central-1:111111111111:…, got "arn:aws:sns:eu-central-1:222222222222:releases"',
    ],
    [
      "both",
      environment(
        `notifications: { email: [a@example.com], topicArn: ${arn("sns releases", "111111111111")} }`,
      ),
      '11:22 environments.dev.notifications.email: expected one of the keys …, got "email"',
    ],
  ],
  "log retention": [
    [
      "days that CloudWatch Logs does not have",
      environment("logRetentionDays: 45"),
      "11:23 environments.dev.logRetentionDays: expected a number of days that CloudWatch Logs knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 45",
    ],
  ],
};

const KEYS = /(keys) [\w, ]+(?=, got)/;

describe.each(Object.entries(WRONG))("%s", (_, rows) => {
  it.each(rows)("%s", (_what, change, line) => {
    const lines = faultsIn(edit(BASE, change)).map((text) =>
      text.replace("c.yaml:", "").replace(KEYS, "$1 …"),
    );
    expect(lines).toEqual([line]);
  });
});

it("are at least 40, of at least 20 kinds", () => {
  expect(Object.keys(WRONG).length).toBeGreaterThanOrEqual(20);
  expect(Object.values(WRONG).flat().length).toBeGreaterThanOrEqual(40);
});
