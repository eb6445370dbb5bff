import { Change } from "./change";
import type { PlanJson } from "./schema";
import { textsIn } from "./values";

/** How a plan was made, and what it is for. */
export interface Origin {
  /** Whether it rests on values that are known only after another stack is applied. @default false */
  readonly stubbed?: boolean;
  /** The stacks on whose outputs, as they will be, it rests. @default - none */
  readonly restsOn?: readonly string[];
  /** Whether it is for `codeseries apply`, which points new listener rules at live groups. @default false */
  readonly correctsRoutes?: boolean;
}

/** A plan, and questions that rules ask about the neighbours of a change. */
export class Plan {
  /** Resources, with those that do not change. */
  public readonly resources: readonly Change[];
  public readonly drift: readonly Change[];
  public readonly outputs: readonly Change[];
  public readonly configuration: unknown;
  public readonly stubbed: boolean;
  public readonly restsOn: readonly string[];
  public readonly correctsRoutes: boolean;
  private readonly memory = new Map<object, unknown>();

  constructor(
    public readonly name: string,
    { configuration, output_changes, resource_changes, resource_drift }: PlanJson,
    { correctsRoutes = false, restsOn = [], stubbed = false }: Origin = {},
  ) {
    this.correctsRoutes = correctsRoutes;
    this.restsOn = restsOn;
    this.stubbed = stubbed;
    this.configuration = configuration;
    this.resources = resource_changes.map((json) => new Change(json));
    this.drift = resource_drift.map((json) => new Change(json, true));
    this.outputs = Object.entries(output_changes).map(([name, change]) => {
      const wrapped = { ...change, before: { value: change.before }, after: { value: change.after } };
      return new Change({ address: `output.${name}`, type: "output", mode: "output", change: wrapped });
    });
  }

  public ofType(...types: readonly string[]): Change[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources whose values before the plan contain a text, such as an id or an ARN. */
  public usersOf(text: unknown): readonly Change[] {
    return typeof text === "string" && text !== "" ? (this.byText.get(text) ?? []) : [];
  }

  /** A value that is worked out once for each plan. */
  public once<Value>(compute: (plan: Plan) => Value): Value {
    if (!this.memory.has(compute)) this.memory.set(compute, compute(this));
    return this.memory.get(compute) as Value;
  }

  private get byType() {
    return this.once(indexByType);
  }

  private get byText() {
    return this.once(indexByText);
  }
}

const indexByType = ({ resources }: Plan): ReadonlyMap<string, Change[]> =>
  grouped(resources.map((change) => [change.type, change]));

const indexByText = ({ resources }: Plan): ReadonlyMap<string, Change[]> =>
  grouped(
    resources.flatMap((change) =>
      [...new Set(textsIn(change.before))].map((text) => [text, change] as const),
    ),
  );

function grouped(pairs: readonly (readonly [string, Change])[]): ReadonlyMap<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const [key, change] of pairs) {
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return groups;
}
