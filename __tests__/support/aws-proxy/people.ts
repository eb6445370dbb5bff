import { AttachRolePolicyCommand, CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { EmbeddedClients } from "../../../src/aws/embedded-clients";
import { EMBEDDED_ROLE } from "../../../src/local/emulator/emulator";
import type { EmbeddedProject } from "../embedded-project";
import { enforcing } from "./enforced";
import { AwsProxy } from "./proxy";

/** The stacks' outputs with the policies for people, by the role that gets them. */
const OUTPUTS = { readers: "reader_policy_arns", operators: "operator_policy_arns" } as const;

type Whose = keyof typeof OUTPUTS;

interface Configuration {
  readonly accounts: Readonly<Record<string, { readonly id: string }>>;
}

/** Two roles in each account of a deployed system that may do what the policies for people allow, and nothing else. */
export class People {
  private constructor(
    private readonly system: EmbeddedProject,
    private readonly proxy: AwsProxy,
    private readonly url: string,
  ) {}

  /**
   * @param stacks The stack of each account, by the account's key.
   * @param roles Names of roles that people assume: their policies are enforced, too.
   */
  public static async of(
    system: EmbeddedProject,
    config: Configuration & { readonly region: string },
    stacks: Readonly<Record<string, string>>,
    roles: readonly string[] = [],
  ): Promise<People> {
    const endpoint = system.env().AWS_ENDPOINT_URL ?? "";
    const clients = new EmbeddedClients(endpoint, EMBEDDED_ROLE, () => undefined);
    for (const [account, { id: accountId }] of Object.entries(config.accounts)) {
      const { out } = await system.terraform(stacks[account] ?? "", "output", "-json");
      const outputs = JSON.parse(out) as Readonly<Record<string, { readonly value: object }>>;
      const iam = clients.asService(IAMClient, { accountId, region: config.region });
      for (const [RoleName, output] of Object.entries(OUTPUTS)) {
        await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: "{}" }));
        const arns = Object.values(outputs[output]?.value ?? {}).flat() as string[];
        if (arns.length === 0) throw new Error(`${account} has no ${output}`);
        for (const PolicyArn of arns) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
      }
    }
    for (const assumeRole of Object.keys(OUTPUTS)) {
      const accounts = Object.entries(config.accounts).map(([name, one]) => [
        name,
        // Profiles exist on no machine of a test.
        { ...one, profile: undefined, operate: { assumeRole } },
      ]);
      const operated = { ...config, accounts: Object.fromEntries(accounts) as object };
      writeFileSync(system.file(`${assumeRole}.yaml`), stringify(operated));
    }
    const proxy = new AwsProxy(endpoint, enforcing(endpoint, [...Object.keys(OUTPUTS), ...roles]));
    return new People(system, proxy, await proxy.start());
  }

  /** The variables of a shell in which a command works under one of the roles. */
  public env(whose: Whose): NodeJS.ProcessEnv {
    return {
      ...this.system.env(),
      AWS_ENDPOINT_URL: this.url,
      CODESERIES_CONFIG: this.system.file(`${whose}.yaml`),
    };
  }

  /** The actions that were asked for. */
  public get actions(): string[] {
    return [...new Set(this.proxy.requests.map(({ action }) => action))].sort();
  }

  /** Ends the enforcement. @throws Error if a request could not be decided on. */
  public async stop(): Promise<void> {
    await this.proxy.stop();
    if (this.proxy.faults.length > 0) throw new Error(this.proxy.faults.join("\n"));
  }
}
