import { z } from "zod";

/**
 * What a physical name is unique for, and so which variables its template may hold:
 * an environment's cluster, a service in the shared account, or one service in one environment.
 */
const variablesOf = {
  environment: ["organization", "environment", "cluster"],
  service: ["organization", "service"],
  delivery: ["organization", "environment", "cluster", "service"],
} as const;

export type NameScope = keyof typeof variablesOf;
export type TemplateVariable = (typeof variablesOf)["delivery"][number];

/** Every physical name that a configuration may choose: its scope and its default. */
export const nameTemplates = {
  repository: { scope: "service", template: "{service}" },
  artifactKeyAlias: { scope: "service", template: "alias/{organization}-shared-kms-codeseries-{service}" },

  cluster: { scope: "environment", template: "{organization}-{environment}-ecs-{cluster}" },
  loadBalancer: { scope: "environment", template: "{organization}-{environment}-alb-{cluster}" },

  artifactBucket: {
    scope: "delivery",
    template: "{organization}-shared-s3-codeseries-{service}-{environment}",
  },
  buildProject: { scope: "delivery", template: "{organization}-shared-cdb-{service}-{environment}" },
  buildRole: { scope: "delivery", template: "{organization}-shared-iam-cdb-{service}-{environment}-role" },
  pipeline: { scope: "delivery", template: "{organization}-shared-cdpl-{service}-{environment}" },
  pipelineRole: {
    scope: "delivery",
    template: "{organization}-shared-iam-cdpl-{service}-{environment}-role",
  },
  triggerRule: { scope: "delivery", template: "{organization}-shared-evb-{service}-{environment}" },
  triggerRole: { scope: "delivery", template: "{organization}-shared-iam-evb-{service}-{environment}-role" },
  blueTargetGroup: { scope: "delivery", template: "{organization}-{environment}-tg-{service}-blue" },
  greenTargetGroup: { scope: "delivery", template: "{organization}-{environment}-tg-{service}-green" },
  containerRepository: { scope: "delivery", template: "ecs/{environment}-{service}" },
  taskFamily: { scope: "delivery", template: "{organization}-{environment}-td-{service}" },
  service: { scope: "delivery", template: "{organization}-{environment}-svc-{service}" },
  executionRole: {
    scope: "delivery",
    template: "{organization}-{environment}-iam-{service}-ecs-task-exec-role",
  },
  taskRole: { scope: "delivery", template: "{organization}-{environment}-iam-{service}-ecs-task-role" },
  pushRole: { scope: "delivery", template: "{organization}-{environment}-iam-{service}-push-role" },
  deployRole: { scope: "delivery", template: "{organization}-{environment}-iam-{service}-deploy-role" },
  codeDeployRole: { scope: "delivery", template: "{organization}-{environment}-iam-{service}-cdp-role" },
  codeDeployApplication: {
    scope: "delivery",
    template: "{organization}-{environment}-cddp-ecs-{cluster}-{service}",
  },
  deploymentGroup: {
    scope: "delivery",
    template: "{organization}-{environment}-cddpg-ecs-{cluster}-{service}",
  },
} as const satisfies Record<string, { scope: NameScope; template: string }>;

export type TemplateName = keyof typeof nameTemplates;

/** A template that holds no variable but those of its scope. */
function template(scope: NameScope) {
  const variables = variablesOf[scope].map((name) => `{${name}}`);
  return z
    .string("text with variables in braces")
    .regex(
      new RegExp(`^([^{}]|${variables.join("|").replaceAll(/[{}]/g, "\\$&")})+$`),
      `a name with no variables but ${variables.join(", ")}`,
    );
}

function section(scopes: readonly NameScope[]) {
  const names = Object.entries(nameTemplates).filter(([, { scope }]) => scopes.includes(scope));
  return z.strictObject(
    Object.fromEntries(names.map(([name, { scope }]) => [name, template(scope).optional()])) as Record<
      TemplateName,
      z.ZodOptional<z.ZodString>
    >,
    {
      error: ({ code }) =>
        code === "unrecognized_keys"
          ? `one of ${names.map(([name]) => name).join(", ")}`
          : "a mapping of templates",
    },
  );
}

/** Naming templates for every environment and service. */
export const names = section(["environment", "service", "delivery"]);

/** Naming templates for one service in one environment, such as the names of what already exists. */
export const deliveryNames = section(["delivery"]);
