import * as z from "zod";
import type { Delivery } from "../../system/system";
import { APP_SPEC_FILE, IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE } from "../../delivery/files";
import { at, type Problem } from "./finding";

const shape = z.looseObject({
  version: z.unknown().optional(),
  env: z
    .looseObject({
      "secrets-manager": z.record(z.string(), z.string()).nullish(),
      "parameter-store": z.record(z.string(), z.string()).nullish(),
    })
    .nullish(),
  phases: z.record(z.string(), z.unknown()),
  artifacts: z
    .looseObject({
      files: z.union([z.array(z.string()), z.string().transform((file) => [file])]),
      "base-directory": z.string().optional(),
      "discard-paths": z.unknown().optional(),
    })
    .optional(),
});
export type BuildSpec = z.infer<typeof shape>;

/** The parts of a buildspec that the infrastructure depends on. */
export function readBuildSpec(content: unknown): { readonly spec?: BuildSpec; readonly problems: Problem[] } {
  const parsed = shape.safeParse(content);
  if (parsed.success) return { spec: parsed.data, problems: [] };
  const problems = parsed.error.issues.slice(0, 1).map(({ path }) => ({
    ...at(path, content),
    expected: "a buildspec with version, phases and artifacts",
    next: "see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html",
  }));
  return { problems };
}

/** Secrets that the build role may not read. */
export function checkBuildSecrets({ env }: BuildSpec, delivery: Delivery): Problem[] {
  const granted = [...delivery.buildSecretArns, ...delivery.buildParameterArns];
  const isGranted = (value: string) =>
    granted.some((arn) => {
      const [, name = ""] = /:secret:(.*)-[A-Za-z0-9]{6}$/.exec(arn) ?? [];
      const [id = ""] = value.startsWith("arn:") ? [value] : value.split(":");
      return (
        id === arn ||
        id.startsWith(`${arn}:`) ||
        id === name ||
        arn.endsWith(`:parameter/${id.replace(/^\//, "")}`)
      );
    });
  return (["secrets-manager", "parameter-store"] as const).flatMap((kind) =>
    Object.entries(env?.[kind] ?? {})
      .filter(([, value]) => !isGranted(value))
      .map(([name, got]) => ({
        path: ["env", kind, name],
        expected: "a secret of build.secrets",
        got,
        next: "the build role may read only these: add it to build.secrets, which also sets the variable",
      })),
  );
}

/** The artifact must have these three at its root. */
export const ARTIFACT_FILES = [IMAGE_DETAIL_FILE, TASK_DEFINITION_FILE, APP_SPEC_FILE];

export function checkArtifact({ artifacts, version }: BuildSpec): Problem[] {
  const old: Problem[] =
    Number(version) === 0.2
      ? []
      : [
          {
            path: ["version"],
            expected: "0.2",
            got: version,
            next: "0.1 runs each command in a separate shell",
          },
        ];
  if (!artifacts)
    return [
      ...old,
      {
        path: ["artifacts"],
        expected: ARTIFACT_FILES.join(", "),
        next: "the deploy action reads these files",
      },
    ];
  const { files } = artifacts;
  const discards = String(artifacts["discard-paths"]) === "yes" || artifacts["discard-paths"] === true;
  return [
    ...old,
    ...ARTIFACT_FILES.flatMap((name) => {
      if (
        files.some((file) => file === name || file.includes("*") || (discards && file.endsWith(`/${name}`)))
      )
        return [];
      const index = files.findIndex((file) => file.endsWith(`/${name}`));
      const next =
        index < 0
          ? "the deploy action reads this file"
          : "the deploy action reads it at the root of the artifact: set base-directory, or discard-paths: yes";
      return [
        {
          path: ["artifacts", "files", ...(index < 0 ? [] : [index])],
          expected: name,
          got: index < 0 ? files : files[index],
          next,
        },
      ];
    }),
  ];
}
