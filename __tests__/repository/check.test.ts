import { parse, stringify } from "yaml";
import { findingsIn, ownFiles, type Files } from "../support/application-repository";
import { shippedYaml } from "../support/faults";
import { systemOfYaml } from "../support/synth-app";

const SECRET = "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:db-AbCdEf";
const HOOK = "arn:aws:lambda:ap-northeast-2:558846431111:function:smoke-test";

/** The shipped system with a secret, a hook and a sidecar, and with a buildspec or without one. */
function deliveriesWith(buildspec?: string) {
  const content = parse(shippedYaml) as { services: Record<string, object> };
  content.services["awssdk-iam"] = {
    ...content.services["awssdk-iam"],
    build: {
      ...(buildspec !== undefined && { buildspec }),
      secrets: { NPM_TOKEN: "arn:aws:secretsmanager:ap-northeast-2:202949997891:secret:npm-AbCdEf" },
    },
    task: { secrets: { DB_PASSWORD: SECRET }, sidecars: { proxy: { image: "public.ecr.aws/envoy:1" } } },
    deployment: { hooks: { afterAllowTestTraffic: HOOK } },
  };
  return systemOfYaml(stringify(content)).deliveries;
}

const BUILDSPEC = "codeseries/codebuild/buildspec.yml";
const TASK = "codeseries/codedeploy/taskdef.json";
const SPEC = "codeseries/codedeploy/appspec.yml";

const buildspec = `version: 0.2
env:
  secrets-manager:
    NPM_TOKEN: "npm"
phases:
  build:
    commands:
      - docker build --tag "$REGISTRY_URL/$ECR_REPOSITORY:$COMMIT_ID" .
      # never docker push $REGISTRY_URL/$ECR_REPOSITORY:latest
      - . ./assume.sh $(aws sts assume-role --role-arn "$PUSH_ROLE_ARN" --role-session-name push)
      - aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY_URL"
      - docker push "$REGISTRY_URL/$ECR_REPOSITORY:$COMMIT_ID"
      - printf '{"ImageURI":"%s"}' "$REGISTRY_URL/$ECR_REPOSITORY:$COMMIT_ID" > imageDetail.json
  post_build:
    commands:
      - sed -i "s/<AWS_REGION>/$AWS_REGION/g" codeseries/codedeploy/taskdef.json
      - cp codeseries/codedeploy/* .
artifacts:
  files: [imageDetail.json, taskdef.json, appspec.yml]
`;

const generated = deliveriesWith();
const owned = deliveriesWith(BUILDSPEC);
const [delivery] = owned;
if (!delivery) throw new Error("the shipped configuration has no delivery");

const files: Files = { Dockerfile: "FROM scratch\n", [BUILDSPEC]: buildspec, ...ownFiles(delivery) };
const without = (path: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));

it("finds nothing in a repository with a Dockerfile alone", () => {
  expect(findingsIn({ Dockerfile: "FROM scratch\n" }, generated)).toEqual([]);
});

it("finds nothing in a repository that owns every file", () => {
  expect(findingsIn(files, owned)).toEqual([]);
});

/** A text of a file, what it becomes, and the line and the problem that are found. */
const task: [what: string, from: string | RegExp, to: string, found: RegExp][] = [
  [
    "a port of the host",
    '"hostPort": 10012',
    '"hostPort": 80',
    /portMappings\.0\.hostPort: expected 10012, the container's port, got 80; /,
  ],
  [
    "a port of UDP",
    '"protocol": "tcp"',
    '"protocol": "udp"',
    /containerDefinitions\.0\.portMappings: expected port 10012, got \[\]; /,
  ],
  [
    "no prefix of the logs",
    '"awslogs-stream-prefix": "app"',
    '"mode": "blocking"',
    /awslogs-stream-prefix: expected a prefix, got nothing; Fargate requires it/,
  ],
  [
    "a secret of the logs that is not granted",
    '"logDriver": "awslogs"',
    '"logDriver": "awslogs", "secretOptions": [{ "name": "key", "valueFrom": "other" }]',
    /secretOptions\.0\.valueFrom: expected one of \S+, got "other"; /,
  ],
  [
    "credentials of a registry that are not granted",
    '"name": "proxy",',
    '"name": "proxy", "repositoryCredentials": { "credentialsParameter": "other" },',
    /repositoryCredentials\.credentialsParameter: expected one of \S+, got "other"; /,
  ],
  [
    "an image that the execution role may not pull",
    '"public.ecr.aws/envoy:1"',
    '"558846431111.dkr.ecr.ap-northeast-2.amazonaws.com/proxy:1"',
    /containerDefinitions\.1\.image: expected an image of \S+, or of a public registry, got "\S+proxy:1"; /,
  ],
  [
    "a condition that does not exist",
    '"name": "proxy",',
    '"name": "proxy", "dependsOn": [{ "containerName": "awssdk-iam", "condition": "READY" }],',
    /dependsOn\.0\.condition: expected one of START, HEALTHY, COMPLETE, SUCCESS, got "READY"; /,
  ],

  ["no JSON", '"cpu": "256",', '"cpu": "256"', /:\d+: expected JSON, got ".*"; fix it/],
  [
    "the answer of describe-task-definition",
    /^\{([^]*)\}\s*$/,
    '{"taskDefinition": {$1}}',
    /:1: taskDefinition: expected family, .*, got "taskDefinition"; move its content to the top level/,
  ],
  [
    "another family",
    '"family": "bys-dev-td-awssdk-iam"',
    '"family": "api"',
    /:2: family: expected "\S+", got "api"; the deploy role/,
  ],
  [
    "no execution role",
    /"executionRoleArn": ".*",/,
    "",
    /executionRoleArn: expected "arn:aws:iam::558846431111:role\/\S+", got nothing; /,
  ],
  [
    "another task role",
    /"taskRoleArn": ".*",/,
    '"taskRoleArn": "arn:aws:iam::558846431111:role/admin",',
    /:4: taskRoleArn: expected "\S+", got "\S+admin"; /,
  ],
  ["another network mode", '"awsvpc"', '"bridge"', /networkMode: expected "awsvpc", got "bridge"; Fargate/],
  ["no Fargate", '"FARGATE"', '"EC2"', /requiresCompatibilities: expected \["FARGATE"\], got \["EC2"\]; /],
  [
    "another architecture",
    '"X86_64"',
    '"ARM64"',
    /runtimePlatform\.cpuArchitecture: expected "X86_64", got "ARM64"; /,
  ],
  [
    "memory that Fargate has not with the CPU units",
    '"memory": "512"',
    '"memory": "768"',
    /memory: expected MiB .* with 256 CPU units, got "768"; write one of 512, 1024, 2048/,
  ],
  [
    "CPU units that Fargate has not",
    '"cpu": "256"',
    '"cpu": "300"',
    /cpu: expected CPU units that Fargate has, got "300"; write 256/,
  ],
  ["CPU units as a number", '"cpu": "256"', '"cpu": 256', /cpu: expected a text in quotes, got 256; /],
  [
    "containers larger than the task",
    '"name": "proxy",',
    '"name": "proxy", "memory": 4096,',
    /memory: expected at least 4096, the total of the containers, got 512; /,
  ],
  [
    "another container",
    '"name": "awssdk-iam"',
    '"name": "app"',
    /containerDefinitions: expected a container "awssdk-iam", got \["app","proxy"\]; /,
  ],
  [
    "another port",
    /"containerPort": 10012,\s+"hostPort": 10012/,
    '"containerPort": 8080',
    /containerDefinitions\.0\.portMappings: expected port 10012, got \[8080\]; /,
  ],
  [
    "a port as a text",
    /"containerPort": 10012/,
    '"containerPort": "10012"',
    /containerDefinitions\.0\.portMappings\.0\.containerPort: expected a number without quotes, got "10012"; /,
  ],
  [
    "an image of its own",
    '"<IMAGE1_NAME>"',
    '"nginx:1"',
    /containerDefinitions\.0\.image: expected "<IMAGE1_NAME>", got "nginx:1"; the deploy action replaces this placeholder/,
  ],
  [
    "another placeholder for the image",
    '"<IMAGE1_NAME>"',
    '"<IMAGE_NAME>"',
    /containerDefinitions\.0\.image: expected "<IMAGE1_NAME>", got "<IMAGE_NAME>"; /,
  ],
  [
    "the image twice",
    '"public.ecr.aws/envoy:1"',
    '"<IMAGE1_NAME>"',
    /expected <IMAGE1_NAME> once, got "<IMAGE1_NAME>"; the deploy action replaces each of them: write the image/,
  ],
  [
    "another log group",
    /"awslogs-group": "[^"]*"/,
    '"awslogs-group": "/ecs/app"',
    /containerDefinitions\.0\.logConfiguration\.options\.awslogs-group: expected "\S+", got "\/ecs\/app"; /,
  ],
  [
    "another region of the logs",
    '"awslogs-region": "ap-northeast-2"',
    '"awslogs-region": "us-east-1"',
    /awslogs-region: expected "ap-northeast-2", got "us-east-1"; /,
  ],
  [
    "a log group that ECS shall create",
    '"awslogs-region"',
    '"awslogs-create-group": "true", "awslogs-region"',
    /awslogs-create-group: expected no such option, got "true"; remove it/,
  ],
  [
    "a secret that is not granted",
    SECRET,
    SECRET.replace("db-AbCdEf", "admin-AbCdEf"),
    /secrets\.0\.valueFrom: expected one of \S+, got "\S+admin-AbCdEf"; the execution role may read only the secrets in task\.secrets/,
  ],
  [
    "a variable and a secret of one name",
    '"environment": []',
    '"environment": [{ "name": "DB_PASSWORD", "value": "" }]',
    /secrets\.0\.name: expected a name that no variable has, got "DB_PASSWORD"; /,
  ],
  [
    "a variable that is no text",
    '"environment": []',
    '"environment": [{ "name": "PORT", "value": 80 }]',
    /environment\.0\.value: expected a text in quotes, got 80; /,
  ],
  [
    "a service's container that is not essential",
    '"essential": true',
    '"essential": false',
    /containerDefinitions\.0\.essential: expected true, got false; /,
  ],
  [
    "two containers of one name",
    '"name": "proxy"',
    '"name": "awssdk-iam"',
    /containerDefinitions\.1\.name: expected a unique name, got "awssdk-iam"; /,
  ],
  [
    "a dependency on no container",
    '"name": "proxy",',
    '"name": "proxy", "dependsOn": [{ "containerName": "db", "condition": "START" }],',
    /dependsOn\.0\.containerName: expected one of awssdk-iam, proxy, got "db"; /,
  ],
  [
    "a placeholder without a value",
    '"family": "bys-dev-td-awssdk-iam"',
    '"family": "<TASK_FAMILY>"',
    /:2: expected a placeholder that the buildspec replaces, got "<TASK_FAMILY>"; /,
  ],
];

const spec: typeof task = [
  [
    "a version of a hook",
    HOOK,
    `${HOOK}:3`,
    /Hooks\.0\.AfterAllowTestTraffic: expected one of \S+, got "\S+:3"; /,
  ],

  ["no YAML", "version: 0.0", "version: [0.0", /:\d+: expected YAML, got ".*"; fix it/],
  [
    "another platform",
    "AWS::ECS::Service",
    "AWS::Lambda::Function",
    /:\d+: Resources\.0\.TargetService\.Type: expected "AWS::ECS::Service", got "AWS::Lambda::Function"; /,
  ],
  [
    "files of EC2",
    /Resources:[^]*$/,
    "files: []\n",
    /Resources: expected an AppSpec file for ECS: .*, got nothing; /,
  ],
  [
    "a revision",
    "<TASK_DEFINITION>",
    "arn:aws:ecs:ap-northeast-2:558846431111:task-definition/api:1",
    /TaskDefinition: expected "<TASK_DEFINITION>", got "\S+api:1"; /,
  ],
  ["the revision twice", "Hooks:", "# <TASK_DEFINITION>\nHooks:", /expected <TASK_DEFINITION> once, got /],
  [
    "another container",
    "ContainerName: awssdk-iam",
    "ContainerName: app",
    /ContainerName: expected "awssdk-iam", got "app"; /,
  ],
  ["another port", "ContainerPort: 10012", "ContainerPort: 80", /ContainerPort: expected 10012, got 80; /],
  [
    "a hook that CodeDeploy may not invoke",
    HOOK,
    HOOK.replace("smoke", "other"),
    /Hooks\.0\.AfterAllowTestTraffic: expected one of \S+smoke-test, got "\S+other-test"; CodeDeploy may invoke only the functions in deployment\.hooks/,
  ],
  [
    "an event of another platform",
    "AfterAllowTestTraffic",
    "ApplicationStart",
    /Hooks\.0\.ApplicationStart: expected one of BeforeInstall, .*, got "ApplicationStart"; /,
  ],
];

const build: typeof task = [
  [
    "a create-repository",
    "cp codeseries/codedeploy/* .",
    "aws ecr create-repository --repository-name api; cp codeseries/codedeploy/* .",
    /expected only calls that the roles of the build may make, got /,
  ],
  [
    "a secret whose name is only similar",
    'NPM_TOKEN: "npm"',
    'NPM_TOKEN: "np"',
    /env\.secrets-manager\.NPM_TOKEN: expected a secret of build\.secrets, got "np"; /,
  ],
  [
    "a Dockerfile that does not exist",
    'COMMIT_ID" .',
    "COMMIT_ID\" --file 'docker/Dockerfile' .",
    /:8: expected a file docker\/Dockerfile, got nothing; /,
  ],

  ["no YAML", "version: 0.2", "version: [0.2", /:\d+: expected YAML, got ".*"; fix it/],
  [
    "no phases",
    /phases:[^]*(?=artifacts:)/,
    "",
    /phases: expected a buildspec with version, phases and artifacts, got nothing; /,
  ],
  [
    "a describe-task-definition",
    "cp codeseries/codedeploy/* .",
    "aws ecs describe-task-definition --task-definition api > taskdef.json",
    /:\d+: expected no call of ecs:DescribeTaskDefinition, which the build's roles do not allow, got ".*"; /,
  ],
  [
    "an update-service",
    "cp codeseries/codedeploy/* .",
    "aws ecs update-service --force-new-deployment",
    /expected no call of ECS, .*; remove it: the deploy action releases the image/,
  ],
  [
    "a push of latest",
    '- docker push "$REGISTRY_URL/$ECR_REPOSITORY:$COMMIT_ID"',
    "- docker push $REGISTRY_URL/$ECR_REPOSITORY:latest",
    /:12: expected a tag of its own for each build, got ".*:latest"; the repository's tags are immutable/,
  ],
  [
    "a get-login",
    "aws ecr get-login-password |",
    "$(aws ecr get-login --no-include-email) #",
    /:11: expected aws ecr get-login-password, got ".*"; version 2/,
  ],
  [
    "a push without the push role",
    "aws sts assume-role",
    "aws sts get-caller-identity",
    /:12: expected aws sts assume-role with \$\{PUSH_ROLE_ARN\} before the push, got ".*"; only the push role/,
  ],
  [
    "the file of rolling updates",
    "> imageDetail.json",
    "> imagedefinitions.json",
    /:13: expected imageDetail\.json, got ".*"; a blue\/green deployment reads/,
  ],
  [
    "an artifact without the image",
    "[imageDetail.json, taskdef.json, appspec.yml]",
    "[taskdef.json, appspec.yml]",
    /artifacts\.files: expected imageDetail\.json, got \["taskdef\.json","appspec\.yml"\]; /,
  ],
  [
    "an artifact with a folder",
    "[imageDetail.json, taskdef.json, ",
    "[imageDetail.json, codeseries/codedeploy/taskdef.json, ",
    /artifacts\.files\.1: expected taskdef\.json, got "codeseries\/codedeploy\/taskdef\.json"; .* at the root/,
  ],
  [
    "no artifact",
    /artifacts:[^]*$/,
    "",
    /artifacts: expected imageDetail\.json, taskdef\.json, appspec\.yml, got nothing; /,
  ],
  [
    "a secret that is not granted",
    'NPM_TOKEN: "npm"',
    'NPM_TOKEN: "other"',
    /:4: env\.secrets-manager\.NPM_TOKEN: expected a secret of build\.secrets, got "other"; /,
  ],
  [
    "version 0.1",
    "version: 0.2",
    "version: 0.1",
    /:1: version: expected 0\.2, got 0\.1; 0\.1 runs each command in a separate shell/,
  ],
];

describe.each([
  [TASK, task],
  [SPEC, spec],
  [BUILDSPEC, build],
])("%s with", (file, faults) => {
  it.each(faults)("%s", (_, from, to, found) => {
    const text = files[file] ?? "";
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    const findings = findingsIn({ ...files, [file]: broken }, owned);
    expect(findings[0]).toMatch(found);
    expect(findings[0]).toMatch(new RegExp(`^${file}:\\d+: .* \\[dev\\]$`));
    expect(findings).toHaveLength(1);
  });
});

describe("a repository", () => {
  it.each<[string, Files, readonly (typeof delivery)[], RegExp]>([
    [
      "without a Dockerfile",
      { "app.js": "" },
      generated,
      /^Dockerfile: expected a Dockerfile, got nothing; add it, or set build\.dockerfile \[dev\]$/,
    ],
    [
      "without the buildspec that the configuration names",
      without(BUILDSPEC),
      owned,
      /^codeseries\/codebuild\/buildspec\.yml: expected the buildspec that build\.buildspec names, got nothing; /,
    ],
    [
      "with two AppSpec files",
      { ...files, "codeseries/codedeploy/appspec.yaml": files[SPEC] ?? "" },
      owned,
      /^codeseries\/codedeploy\/appspec\.yaml: expected one AppSpec file, got \[.*\]; keep one/,
    ],
    [
      "without a task definition, where the buildspec makes none",
      without(TASK),
      owned,
      /^codeseries\/codedeploy\/taskdef\.json: expected a file, because the buildspec neither writes it nor fetches the generated one, got nothing; /,
    ],
    [
      "whose artifact is too large",
      {
        ...files,
        "app.bin": "x".repeat(3_000_000),
        [BUILDSPEC]: buildspec.replace(/files: .*/, "files: ['**/*']"),
      },
      owned,
      /buildspec\.yml:19: artifacts\.files\.0: expected files of less than 3000000 bytes, got "\*\*\/\*, which has 300\d+"; /,
    ],
  ])("%s", (_, content, deliveries, found) => {
    const findings = findingsIn(content, deliveries);
    expect(findings[0]).toMatch(found);
    expect(findings).toHaveLength(1);
  });

  it.each<[string, Files, readonly (typeof delivery)[], RegExp]>([
    [
      "a buildspec that nothing uses",
      { Dockerfile: "", "buildspec.yml": buildspec },
      generated,
      /^warning: buildspec\.yml: expected only files that the generated buildspec uses, got "buildspec\.yml"; set build\.buildspec/,
    ],
    [
      "a key that only AWS writes",
      { ...files, [TASK]: (files[TASK] ?? "").replace("{", '{\n  "revision": 7,') },
      owned,
      /^warning: codeseries\/codedeploy\/taskdef\.json:2: revision: expected only keys that RegisterTaskDefinition accepts, got "revision"; remove it/,
    ],
  ])("is warned about %s", (_, content, deliveries, found) => {
    const findings = findingsIn(content, deliveries);
    expect(findings[0]).toMatch(found);
    expect(findings).toHaveLength(1);
  });
});

describe("a repository that fits", () => {
  const task = files[TASK] ?? "";
  it.each<[string, Files]>([
    ["sizes with units", { [TASK]: task.replace('"256"', '".25 vCPU"').replace('"512"', '"0.5GB"') }],
    [
      "null for what is not set",
      { [TASK]: task.replace('"essential": true', '"essential": true, "memory": null, "dependsOn": null') },
    ],
    [
      "files where the artifact takes them, and older ones elsewhere",
      {
        [TASK]: "{}",
        [SPEC]: "version: 0.0\nos: linux\n",
        "deploy/taskdef.json": task,
        "deploy/appspec.yml": files[SPEC] ?? "",
        [BUILDSPEC]: buildspec.replace("files:", "base-directory: deploy\n  files:"),
      },
    ],
    [
      "variables of the shell",
      {
        [TASK]: task
          .replace(/arn:aws:iam::558846431111/g, "arn:aws:iam::${ACCOUNT_NO}")
          .replace(/"containerPort": 10012/, '"containerPort": ${APPLICATION_PORT}'),
        [BUILDSPEC]: buildspec.replace(
          "- cp codeseries",
          "- envsubst '$ACCOUNT_NO $APPLICATION_PORT' < codeseries/codedeploy/taskdef.json > taskdef.json\n      - cp codeseries",
        ),
      },
    ],
    [
      "a local tag latest, and a comment",
      {
        [BUILDSPEC]: buildspec.replace(
          "      - . ./assume",
          '      - docker tag app:latest "$REGISTRY_URL/$ECR_REPOSITORY:$COMMIT_ID" # not :latest\n      - . ./assume',
        ),
      },
    ],
  ])("with %s", (_, changes) => {
    expect(findingsIn({ ...files, ...changes }, owned)).toEqual([]);
  });

  it("names the line of a mistake that the parser gives no position for", () => {
    const [finding] = findingsIn({ ...files, [TASK]: task.replace('"awsvpc"', "awsvpc]") }, owned);
    expect(finding).toMatch(/^codeseries\/codedeploy\/taskdef\.json:[4-9]: expected JSON, got /);
  });
});
