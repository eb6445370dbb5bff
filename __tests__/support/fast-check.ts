import * as fc from "fast-check";

// Two runs of the tests give the same result. To look for other counterexamples: FC_SEED=$RANDOM npx jest …
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });

export { fc };
