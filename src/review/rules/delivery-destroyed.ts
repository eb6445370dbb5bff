import { carries } from "./kinds";
import type { Rule } from "./rule";

export const deliveryDestroyed: Rule = {
  name: "delivery-destroyed",
  finds: "a pipeline, build project, trigger or CodeDeploy group is destroyed or replaced",
  fact: "Nothing is released through it until a successor works. What runs keeps running.",
  see: "https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-delete.html",
  judge({ ends, kind, type }) {
    if (!ends || carries(type) !== "delivery") return undefined;
    return {
      verdict: "look",
      why:
        kind === "replace"
          ? "replaced: releases through it wait for the successor"
          : "destroyed: no release goes through it",
    };
  },
};
