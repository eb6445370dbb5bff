import { z } from "zod";
import { VERDICTS } from "./rules/rule";

/** The verdict of a stack, and of a review: what is expected counts as safe. */
const verdict = z.enum(["safe", "look", "dangerous"]);

const changeSchema = z.strictObject({
  address: z.string().describe("Terraform's address of the resource, or output.<name>"),
  type: z.string().describe("the type of the resource, or output"),
  actions: z
    .array(z.string())
    .describe("Terraform's actions; of a change outside of Terraform: what happened"),
  drift: z.boolean().describe("whether it happened before the plan, outside of Terraform"),
  verdict: z.enum(VERDICTS).describe("expected: a release of CodeDeploy or scaling did it"),
  rule: z.string().describe("the rule that decided"),
  why: z.string().describe("what happens, in one sentence"),
  details: z.array(z.string()).describe("names and values that matter, never sensitive ones"),
});

const stackSchema = z.strictObject({
  name: z.string(),
  verdict,
  stubbed: z
    .boolean()
    .describe("whether the plan rests on values that are known only after another stack is applied"),
  restsOn: z
    .array(z.string())
    .describe("the stacks that must be applied first: the plan rests on their outputs as they will be"),
  changes: z.array(changeSchema).describe("the most severe first"),
});

const reviewSchema = z
  .strictObject({
    verdict,
    stacks: z.array(stackSchema).describe("in the order of --plan, or in which they are applied"),
  })
  .describe("What codeseries review --json prints");

export type Review = z.infer<typeof reviewSchema>;
export type StackReview = z.infer<typeof stackSchema>;
export type ChangeReview = z.infer<typeof changeSchema>;

/** The JSON Schema of a review, as it is published. */
export function reviewJsonSchema(): string {
  const generated = z.toJSONSchema(reviewSchema, { target: "draft-7" });
  return `${JSON.stringify({ ...generated, title: "codeseries review" }, undefined, 2)}\n`;
}
