import { parse, stringify } from "yaml";
import { findingsIn, type Files } from "../support/application-repository";
import { shippedYaml } from "../support/faults";
import { systemOfYaml } from "../support/synth-app";

/** The shipped system with another build, secrets and hooks. */
function deliveriesWith(service: object) {
  const content = parse(shippedYaml) as { services: Record<string, object> };
  content.services["awssdk-iam"] = { ...content.services["awssdk-iam"], build: {}, ...service };
  return systemOfYaml(stringify(content)).deliveries;
}

/** As describe-task-definition writes it, with the image's placeholder and what only the answer has. */
const answer = {
  taskDefinitionArn: "arn:aws:ecs:ap-northeast-2:558846431111:task-definition/bys-dev-td-awssdk-iam:41",
  family: "FAMILY",
  executionRoleArn: "EXECUTION",
  taskRoleArn: "TASK",
  networkMode: "awsvpc",
  revision: 41,
  volumes: [],
  status: "ACTIVE",
  requiresAttributes: [{ name: "ecs.capability.execution-role-awslogs" }],
  placementConstraints: [],
  compatibilities: ["EC2", "FARGATE"],
  requiresCompatibilities: ["FARGATE"],
  cpu: "1024",
  memory: "2048",
  registeredAt: "2024-05-01T09:12:33.421000+09:00",
  registeredBy: "arn:aws:sts::558846431111:assumed-role/admin/someone",
  tags: [{ key: "team", value: "iam" }],
  containerDefinitions: [
    {
      name: "awssdk-iam",
      image: "<IMAGE1_NAME>",
      cpu: 0,
      portMappings: [
        { containerPort: 10012, hostPort: 10012, protocol: "tcp", name: "http", appProtocol: "http" },
      ],
      essential: true,
      environment: [{ name: "SPRING_PROFILES_ACTIVE", value: "dev" }],
      environmentFiles: [],
      mountPoints: [],
      volumesFrom: [],
      ulimits: [{ name: "nofile", softLimit: 65536, hardLimit: 65536 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": "LOGS",
          "awslogs-region": "ap-northeast-2",
          "awslogs-stream-prefix": "ecs",
        },
      },
      systemControls: [],
    },
  ],
};

/** Several containers: a proxy in front, a log router that writes elsewhere, and settings of their own. */
const several = {
  ...answer,
  containerDefinitions: [
    {
      name: "log_router",
      image: "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable",
      essential: true,
      firelensConfiguration: { type: "fluentbit" },
      memoryReservation: 50,
    },
    {
      ...answer.containerDefinitions[0],
      dependsOn: [{ containerName: "log_router", condition: "START" }],
      secrets: [
        { name: "DB_HOST", valueFrom: "/iam/db-host" },
        {
          name: "DB_PASSWORD",
          valueFrom: "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:db-AbCdEf:password::",
        },
      ],
      logConfiguration: { logDriver: "awsfirelens", options: { Name: "cloudwatch" } },
    },
    { name: "nginx", image: "nginx:1.27", cpu: 256, memory: 512, portMappings: [{ containerPort: 8081 }] },
  ],
};

/** The AppSpec file of AWS's tutorial, with its quotes and its platform version. */
const tutorialSpec = `version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: "<TASK_DEFINITION>"
        LoadBalancerInfo:
          ContainerName: "awssdk-iam"
          ContainerPort: "10012"
        PlatformVersion: "LATEST"
`;

const push = `      - aws sts assume-role --role-arn $PUSH_ROLE_ARN --role-session-name build > credentials.json
      - export AWS_ACCESS_KEY_ID=$(jq -r .Credentials.AccessKeyId credentials.json)
      - aws ecr get-login-password --region $AWS_REGION | docker login --username AWS --password-stdin $REGISTRY_URL
      - docker push $IMAGE_URI
      - printf '{"ImageURI":"%s"}' $IMAGE_URI > imageDetail.json`;

const shapes: [what: string, service: object, files: Files, warnings: number][] = [
  [
    "a Dockerfile, and taskdef.json and appspec.yaml at the root, as AWS's tutorial has them",
    {},
    { Dockerfile: "FROM nginx\n", "taskdef.json": JSON.stringify(answer), "appspec.yaml": tutorialSpec },
    2,
  ],
  [
    "a buildspec at the root that renames appspec.yaml, and a task definition with what only AWS writes",
    { build: { buildspec: "buildspec.yml" } },
    {
      Dockerfile: "FROM nginx\n",
      "taskdef.json": JSON.stringify(answer, null, 4),
      "appspec.yaml": tutorialSpec,
      "buildspec.yml": `version: 0.2
phases:
  install:
    runtime-versions:
      java: corretto17
  pre_build:
    commands:
      - COMMIT_HASH=$(echo $CODEBUILD_RESOLVED_SOURCE_VERSION | cut -c 1-7)
      - IMAGE_URI=$REGISTRY_URL/$ECR_REPOSITORY:\${COMMIT_HASH:=build}
  build:
    commands:
      - docker build -t $IMAGE_URI .
  post_build:
    commands:
${push}
      - mv appspec.yaml appspec.yml
artifacts:
  files:
    - imageDetail.json
    - taskdef.json
    - appspec.yml
`,
    },
    7,
  ],
  [
    "files in a folder whose paths the artifact discards, and an AppSpec file that the build writes",
    { build: { buildspec: "ci/buildspec.yml" } },
    {
      "docker/Dockerfile": "FROM nginx\n",
      "specs/taskdef.json": JSON.stringify(
        { ...answer, family: "bys-<ENVIRONMENT>-td-<APPLICATION_NAME>" },
        null,
        2,
      ),
      "ci/buildspec.yml": `version: 0.2
env:
  variables:
    NODE_ENV: production
phases:
  build:
    commands:
      - docker build --file docker/Dockerfile --tag $IMAGE_URI .
${push}
      - sed -i "s/<ENVIRONMENT>/$ENVIRONMENT/; s/<APPLICATION_NAME>/$APPLICATION_NAME/" specs/taskdef.json
      - |
        cat > specs/appspec.yml << EOF
        version: 0.0
        Resources:
          - TargetService:
              Type: AWS::ECS::Service
              Properties:
                TaskDefinition: <TASK_DEFINITION>
                LoadBalancerInfo: { ContainerName: $APPLICATION_NAME, ContainerPort: $APPLICATION_PORT }
        EOF
artifacts:
  files:
    - specs/appspec.yml
    - specs/taskdef.json
    - imageDetail.json
  discard-paths: yes
`,
    },
    7,
  ],
  [
    "several containers, parameters by name, and hooks by name",
    {
      task: {
        secrets: {
          DB_HOST: "arn:aws:ssm:ap-northeast-2:558846431111:parameter/iam/db-host",
          DB_PASSWORD: "arn:aws:secretsmanager:ap-northeast-2:558846431111:secret:db-AbCdEf",
        },
      },
      deployment: {
        hooks: { beforeAllowTraffic: "arn:aws:lambda:ap-northeast-2:558846431111:function:validate" },
      },
    },
    {
      Dockerfile: "FROM nginx\n",
      "codeseries/codedeploy/taskdef.json": JSON.stringify(several, null, 2),
      "codeseries/codedeploy/appspec.yaml": `${tutorialSpec}Hooks:\n  - BeforeAllowTraffic: validate\n`,
    },
    7,
  ],
];

it.each(shapes)("finds no fault in a repository with %s", (_, service, files, warnings) => {
  const deliveries = deliveriesWith(service);
  const [{ arns, names } = { arns: undefined, names: undefined }] = deliveries;
  const fitted = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text
        .replace('"FAMILY"', JSON.stringify(names?.taskFamily))
        .replace('"EXECUTION"', JSON.stringify(arns?.roles.execution))
        .replace('"TASK"', JSON.stringify(arns?.roles.task))
        .replace('"LOGS"', JSON.stringify(names?.serviceLogGroup)),
    ]),
  );
  const findings = findingsIn(fitted, deliveries);
  expect(findings.filter((finding) => !finding.startsWith("warning: "))).toEqual([]);
  expect(findings).toHaveLength(warnings);
});
