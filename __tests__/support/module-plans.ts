import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { EMBEDDED_OVERRIDE } from "../../src/local/overrides";
import type { EmbeddedProject } from "./embedded-project";
import type { PlanJson } from "./plans";
import type { Stack } from "./synth";

interface State {
  resources: { instances: object[] }[];
}

interface ModulePlan extends PlanJson {
  resource_changes: (PlanJson["resource_changes"][number] & { module_address: string })[];
  configuration: { root_module: { module_calls: Record<string, { module: object }> } };
}

/**
 * What Terraform would do to a deployed stack, for each of some configurations of it. Each is a module of one
 * configuration, with the stack's state: to read the provider's schema takes seconds, and one plan reads it once.
 * What was changed outside of Terraform since the last refresh is not seen, and the plans have no outputs.
 */
export async function plansOf(
  system: EmbeddedProject,
  stack: string,
  configurations: readonly Stack[],
): Promise<readonly PlanJson[]> {
  const folder = system.file("out", "stacks", `${stack}-modules`);
  const inStack = (file: string) => system.file("out", "stacks", stack, file);
  const write = (path: string, json: object) => {
    writeFileSync(`${folder}/${path}`, JSON.stringify(json));
  };
  const terraform = async (...args: string[]) => {
    const { fault, out } = await system.terraform(`${stack}-modules`, ...args);
    if (fault !== "") throw new Error(fault);
    return out;
  };
  const names = configurations.map((_, index) => `number-${index}`);
  mkdirSync(folder);

  for (const [index, { data, output, resource }] of configurations.entries()) {
    mkdirSync(`${folder}/${names[index] ?? ""}`);
    write(`${names[index] ?? ""}/main.tf.json`, { data, output, resource });
  }
  const { provider, terraform: settings } = JSON.parse(readFileSync(inStack("cdk.tf.json"), "utf8")) as Stack;
  const module = Object.fromEntries(names.map((name) => [name, { source: `./${name}` }]));
  write("main.tf.json", { provider, terraform: { ...settings, backend: undefined }, module });
  if (existsSync(inStack(EMBEDDED_OVERRIDE)))
    write(EMBEDDED_OVERRIDE, JSON.parse(readFileSync(inStack(EMBEDDED_OVERRIDE), "utf8")) as object);

  const state = JSON.parse((await system.terraform(stack, "state", "pull")).out) as State;
  // Dependencies of a resource that exists matter when it is destroyed; they have no module here.
  const inModule = (name: string) =>
    state.resources.map(({ instances, ...resource }) => ({
      ...{ ...resource, module: `module.${name}` },
      instances: instances.map((instance) => ({ ...instance, dependencies: undefined })),
    }));
  write("terraform.tfstate", { ...state, outputs: {}, resources: names.flatMap(inModule) });

  await terraform("init", "-no-color");
  await terraform("plan", "-refresh=false", "-out=plan", "-no-color");
  const whole = JSON.parse(await terraform("show", "-json", "plan")) as ModulePlan;
  return names.map((name) => {
    const prefix = `module.${name}.`;
    const changes = whole.resource_changes.filter((one) => `${one.module_address}.` === prefix);
    return {
      format_version: whole.format_version,
      resource_changes: changes.map((one) => ({ ...one, address: one.address.slice(prefix.length) })),
      configuration: { root_module: whole.configuration.root_module.module_calls[name]?.module },
    };
  });
}
