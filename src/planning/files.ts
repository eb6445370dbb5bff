import { join } from "node:path";

/** What a review leaves: plans, their JSON, and the record. It contains secrets in plain text, as any plan does. */
export const reviewFolder = (outdir: string) => join(outdir, "review");

/** The plan file of a stack. */
export const planFile = (outdir: string, stack: string) => join(reviewFolder(outdir), `${stack}.tfplan`);

/** Its JSON. */
export const planJsonFile = (outdir: string, stack: string) => join(reviewFolder(outdir), `${stack}.json`);

/** The review's own copy of a stack that cannot be planned as it is. */
export const copyFolder = (outdir: string, stack: string) => join(reviewFolder(outdir), "stacks", stack);
