import { fc } from "../support/fast-check";
import { parse } from "yaml";
import { showFault } from "../../src/config/fault";
import { parseConfig } from "../../src/config/parse";
import { appSpecFile } from "../../src/delivery/app-spec";
import { placeholder } from "../../src/delivery/placeholder";
import { taskDefinitionFile } from "../../src/delivery/task-definition";
import { appSpecOf, containerOf, taskDefinitionOf } from "../../src/stacks/delivered";
import { checks } from "../../src/system/checks";
import { systemOf, type Delivery } from "../../src/system/system";
import { refusedByCodeDeploy, refusedByEcs } from "../support/api-model";
import { validContent } from "../support/arbitrary-config";

interface Container {
  readonly name: string;
  readonly environment?: readonly { name: string; value: string }[];
  readonly secrets?: readonly { name: string; valueFrom: string }[];
}
interface TaskDefinition {
  readonly containerDefinitions: readonly Container[];
}

/** Runs with every delivery of any valid configuration. */
function forAnyDelivery(check: (delivery: Delivery) => void) {
  fc.assert(
    fc.property(validContent, (content) => {
      const { config, faults } = parseConfig(content, checks);
      expect(faults.map(showFault)).toEqual([]);
      if (config) systemOf(config).deliveries.forEach(check);
    }),
    { numRuns: 60 },
  );
}

const pairs = (list: readonly { name: string; value?: string; valueFrom?: string }[] = []) =>
  Object.fromEntries(list.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));

describe("any valid configuration", () => {
  it("gives task definitions that the API's model accepts, with its settings", () => {
    forAnyDelivery((delivery) => {
      const { arns, service, settings } = delivery;
      const { architecture, cpu, memory, secrets, sidecars, variables, xray } = settings.task;
      const text = taskDefinitionFile(taskDefinitionOf(delivery));
      const definition = JSON.parse(text) as TaskDefinition;
      expect(refusedByEcs(definition)).toEqual([]);
      expect(definition).toMatchObject({
        executionRoleArn: arns.roles.execution,
        taskRoleArn: arns.roles.task,
        cpu: String(cpu),
        memory: String(memory),
        runtimePlatform: { cpuArchitecture: architecture === "arm64" ? "ARM64" : "X86_64" },
      });
      const [own, ...others] = definition.containerDefinitions;
      expect(others.map(({ name }) => name)).toEqual([
        ...Object.keys(sidecars),
        ...(xray ? ["xray-daemon"] : []),
      ]);
      expect({ variables: pairs(own?.environment), secrets: pairs(own?.secrets) }).toEqual({
        variables,
        secrets,
      });
      for (const [name, sidecar] of Object.entries(sidecars)) {
        const container = others.find((one) => one.name === name);
        expect(container).toMatchObject({ image: sidecar.image, essential: sidecar.essential });
        expect(pairs(container?.environment)).toEqual(sidecar.variables);
        expect(pairs(container?.secrets)).toEqual(sidecar.secrets);
      }
      expect(text.match(/<[^<>]*>/g)).toEqual(["<IMAGE1_NAME>"]);
      expect(own?.name).toBe(service.name);
    });
  });

  it("gives AppSpec files of the documented form, with its hooks", () => {
    forAnyDelivery((delivery) => {
      const text = appSpecFile(appSpecOf(delivery));
      const appSpec = parse(text) as { Hooks?: Record<string, string>[]; Resources: object[] };
      expect(refusedByCodeDeploy(appSpec)).toEqual([]);
      expect(appSpec.Resources).toMatchObject([
        {
          TargetService: {
            Properties: {
              LoadBalancerInfo: {
                ContainerName: delivery.service.name,
                ContainerPort: delivery.settings.port,
              },
            },
          },
        },
      ]);
      expect((appSpec.Hooks ?? []).flatMap((hook) => Object.values(hook)).sort()).toEqual(
        Object.values(delivery.settings.deployment.hooks).sort(),
      );
      expect(text.match(/<[^<>]*>/g)).toEqual(["<TASK_DEFINITION>"]);
    });
  });

  it("gives placeholders without sidecars and secrets, with the container's name, port and log", () => {
    forAnyDelivery((delivery) => {
      const { healthCheckPath } = delivery.settings;
      const containers = placeholder({ container: containerOf(delivery), healthCheckPath });
      const json = taskDefinitionFile(taskDefinitionOf(delivery));
      const [own] = (JSON.parse(json) as TaskDefinition).containerDefinitions;
      expect(refusedByEcs({ containerDefinitions: containers })).toEqual([]);
      expect(containers).toHaveLength(1);
      const [{ command, image, ...rest } = { command: [], image: "" }] = containers;
      expect(command).toHaveLength(3);
      expect(image).toMatch(/busybox/);
      expect(own).toMatchObject(rest);
      expect(rest).not.toHaveProperty("secrets");
    });
  });
});
