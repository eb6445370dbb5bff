import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import {
  Fn,
  S3Backend,
  TerraformOutput,
  TerraformStack,
  type S3BackendConfig,
  type TerraformDataSource,
  type TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";
import type { Argument, Call, Expression, Reference } from "./expression";
import type { PlannedStack } from "./plan";

type Built = TerraformResource | TerraformDataSource;
type TerraformFunction = (...args: unknown[]) => unknown;

/** A stack as a plain cdktf app has it: one class that makes every resource itself. */
export class FlatStack extends TerraformStack {
  private readonly built = new Map<string, Built>();

  /**
   * @param crossStack What the outputs of other stacks stand for, by their address.
   * @param others The stacks before this one.
   */
  constructor(
    scope: Construct,
    plan: PlannedStack,
    private readonly crossStack: ReadonlyMap<string, Reference>,
    private readonly others: readonly FlatStack[],
  ) {
    super(scope, plan.name);
    const evaluate = (expression: Expression) => this.evaluate(expression);

    new AwsProvider(this, "aws", plan.provider.make(evaluate) as object);
    new S3Backend(this, plan.backend.make(evaluate) as S3BackendConfig);
    for (const { address, id, construct, props, dependsOn } of plan.blocks) {
      const made = props.make(evaluate) as object;
      const needed = dependsOn.map((other) => this.find(other));
      this.built.set(
        address,
        new construct(this, id, needed.length > 0 ? { ...made, dependsOn: needed } : made),
      );
    }
    for (const [id, value] of plan.outputs)
      new TerraformOutput(this, id, { value: value.make(evaluate), staticId: true });
  }

  private find(address: string): Built {
    const owner = [this, ...this.others].find(({ built }) => built.has(address));
    const block = owner?.built.get(address);
    if (!block) throw new Error(`${this.node.id} refers to ${address}, which is not there`);
    return block;
  }

  private evaluate(expression: Expression): unknown {
    return expression.kind === "call" ? this.call(expression) : this.attribute(expression);
  }

  private attribute(reference: Reference): string {
    const far = this.crossStack.get(`${reference.address}.${reference.attribute}`);
    const { address, attribute } = far ?? reference;
    return this.find(address).getStringAttribute(attribute);
  }

  private call({ name, args }: Call): unknown {
    const named = (Fn as unknown as Record<string, TerraformFunction | undefined>)[name];
    if (!named) throw new Error(`cdktf has no function ${name}`);
    return named(
      ...args.map((argument: Argument) =>
        typeof argument === "object" ? this.evaluate(argument) : argument,
      ),
    );
  }
}
