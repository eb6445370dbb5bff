import { z } from "zod";

const ACTIONS = ["no-op", "create", "read", "update", "delete", "forget"] as const;

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const change = z.object({
  actions: z.array(z.enum(ACTIONS)),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  importing: z.unknown().optional(),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  deposed: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  change,
});

/** What a review reads of a plan. Terraform adds keys within a major version, so others are ignored. */
export const planSchema = z.object({
  format_version: z.string(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
  configuration: z.unknown().optional(),
});

export type PlanJson = z.infer<typeof planSchema>;
export type ResourceChangeJson = z.infer<typeof resourceChange>;
export type ChangeJson = z.infer<typeof change>;
