import { parse } from "yaml";
import { revisionIn } from "../../../src/operate/release/revision";
import { appSpecFile } from "../../../src/delivery/app-spec";

const HOOK = "arn:aws:lambda:eu-west-1:123456789012:function:check";
const YAML = appSpecFile({ containerName: "web", port: 8080, hooks: { afterInstall: HOOK } });

describe("revisionIn", () => {
  it.each([
    ["YAML", YAML],
    ["JSON", JSON.stringify(parse(YAML))],
    [
      "keys in lower case",
      YAML.replace(
        /\b(Resources|TargetService|Properties|LoadBalancerInfo|ContainerName)\b/g,
        (key) => key.charAt(0).toLowerCase() + key.slice(1),
      ),
    ],
  ])("reads %s", (_, content) => {
    const { containerName, port, taskDefinition } = revisionIn(content, "d-1");
    expect({ containerName, port, taskDefinition }).toEqual({
      containerName: "web",
      port: 8080,
      taskDefinition: "<TASK_DEFINITION>",
    });
  });

  it("writes the same with another task definition, hooks and the version's form included", () => {
    const written = revisionIn(YAML, "d-1").with("arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7");
    expect(written).toMatch(/^version: 0\.0$/m);
    expect(parse(written)).toEqual(
      parse(YAML.replace("<TASK_DEFINITION>", "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7")),
    );
  });

  it.each(["", "{", "version: 0.0\nResources: []", "hooks: {}"])("refuses %j", (content) => {
    expect(() => revisionIn(content, "the revision of d-1")).toThrow(
      /^the revision of d-1: expected an AppSpec of an ECS service, got /,
    );
  });
});
