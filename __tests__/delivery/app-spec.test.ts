import { parse } from "yaml";
import { appSpecFile, type AppSpecProps } from "../../src/delivery/app-spec";
import { deliveryFiles, imageDetail } from "../../src/delivery/files";
import { refusedByCodeDeploy } from "../support/api-model";

const props: AppSpecProps = { containerName: "awssdk-iam", port: 10012, hooks: {} };

describe("an AppSpec file", () => {
  it("names the new task definition, the container and its port", () => {
    expect(appSpecFile(props)).toBe(`version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: <TASK_DEFINITION>
        LoadBalancerInfo:
          ContainerName: awssdk-iam
          ContainerPort: 10012
`);
  });

  it("calls the hooks in the order of the deployment", () => {
    const arn = (name: string) => `arn:aws:lambda:ap-northeast-2:558846431111:function:${name}`;
    const hooks = { afterAllowTraffic: arn("last"), beforeInstall: arn("first") };
    const appSpec = parse(appSpecFile({ ...props, hooks })) as { Hooks: object[] };
    expect(appSpec.Hooks).toEqual([{ BeforeInstall: arn("first") }, { AfterAllowTraffic: arn("last") }]);
    expect(refusedByCodeDeploy(appSpec)).toEqual([]);
  });

  it("has text where YAML would read a number or a word", () => {
    const { Resources } = parse(appSpecFile({ ...props, containerName: "null" })) as { Resources: object[] };
    expect(Resources).toMatchObject([
      { TargetService: { Properties: { LoadBalancerInfo: { ContainerName: "null" } } } },
    ]);
  });
});

describe("the files of a delivery", () => {
  it("have the names that the deploy action reads", () => {
    const taskDefinition = {
      family: "f",
      executionRoleArn: "e",
      taskRoleArn: "t",
      cpu: 256,
      memory: 512,
      architecture: "arm64" as const,
      container: { name: "c", port: 1, variables: {}, logs: { group: "g", region: "r" }, exec: false },
      secrets: {},
      dependsOn: {},
      sidecars: {},
      xray: false,
    };
    expect(deliveryFiles(taskDefinition, props).map(({ contentType, name }) => [name, contentType])).toEqual([
      ["taskdef.json", "application/json"],
      ["appspec.yml", "application/yaml"],
    ]);
  });

  it("include the image of a build, by its digest", () => {
    expect(imageDetail("registry/image@sha256:feed")).toBe('{"ImageURI":"registry/image@sha256:feed"}');
  });
});
