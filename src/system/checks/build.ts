import type { Check, Fault, Path } from "../../config/fault";
import type { Config } from "../../config/schema";
import { RESERVED_BUILD_VARIABLES } from "../build-variables";
import { BUILD_IMAGES, overridesIn, settingsOf, type Settings } from "../settings";
import { systemOf } from "../system";
import { namedTwice } from "./named-twice";

/** Variables and secrets of a build that cannot all be set. */
export const impossibleBuild = ({ build }: Settings): Fault[] => [
  ...(["variables", "secrets"] as const).flatMap((key) =>
    Object.keys(build[key])
      .filter((name) => RESERVED_BUILD_VARIABLES.includes(name))
      .map((name) => ({
        path: [key, name],
        expected: "a variable that codeseries does not set",
        got: name,
        atKey: true,
      })),
  ),
  ...namedTwice(build),
];

/** Keys of the generated buildspec where the repository has its own: they would have no effect. */
export const ignoredBuildKeys: Check<Config> = ({ services }) =>
  Object.entries(services).flatMap(([name, service]) =>
    [undefined, ...Object.keys(service.environments)].flatMap((environment): Fault[] => {
      const { buildspec, context, dockerfile } = settingsOf(service, environment).build;
      const over = environment === undefined ? undefined : overridesIn(service, environment).build;
      if (buildspec === undefined) return [];
      const given = { dockerfile: dockerfile !== "Dockerfile", context: context !== "." };
      return (["dockerfile", "context"] as const)
        .filter((key) => given[key] && (environment === undefined || over?.[key] !== undefined))
        .map((key) => ({
          path: [
            "services",
            name,
            ...(environment === undefined ? [] : ["environments", environment]),
            "build",
            key,
          ],
          expected: `no ${key}: it is for the generated buildspec only, and build.buildspec is ${buildspec}`,
          got: { context, dockerfile }[key],
        }));
    }),
  );

/** Build images of another architecture than the tasks': the image that they build would not start. */
export const wrongBuildImages: Check<Config> = ({ services }) =>
  Object.entries(services).flatMap(([name, service]) =>
    [undefined, ...Object.keys(service.environments)].flatMap((environment): Fault[] => {
      const over = environment === undefined ? service : overridesIn(service, environment);
      const given = over.build?.image;
      const changed = over.task?.architecture;
      const { build, task } = settingsOf(service, environment);
      const { architecture } = task;
      const isArm = build.image.includes("aarch64");
      if ((given ?? changed) === undefined || isArm === (architecture === "arm64")) return [];
      const at: Path = [
        "services",
        name,
        ...(environment === undefined ? [] : ["environments", environment]),
      ];
      return given === undefined
        ? [
            {
              path: [...at, "task", "architecture"],
              expected: `the architecture of build.image, ${build.image}`,
              got: architecture,
            },
          ]
        : [
            {
              path: [...at, "build", "image"],
              expected: `an image for task.architecture ${architecture}, such as ${BUILD_IMAGES[architecture]}`,
              got: given,
            },
          ];
    }),
  );

/** A report group has the project's name in its own. @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateReportGroup.html */
const MAX_REPORT_GROUP_LENGTH = 128;

/** Report groups whose names AWS refuses. */
export const longReportGroups: Check<Config> = (config) =>
  systemOf(config)
    .deliveries.map(({ arns, service, settings }) => ({
      reports: settings.build.reports,
      name: arns.reportGroup.split("/").at(-1) ?? "",
      service: service.name,
    }))
    .filter(({ name, reports }) => reports && name.length > MAX_REPORT_GROUP_LENGTH)
    .map(({ name, service }) => ({
      path: ["services", service, "build", "reports"],
      expected: `false, or a shorter names.buildProject: the report group's name has at most ${MAX_REPORT_GROUP_LENGTH} characters`,
      got: name,
    }));

/** CodeBuild takes a parameter by its name, so the parameter must be in the account and region of the build. */
export const wrongBuildParameters: Check<Config> = ({ accounts, region, services }) => {
  const place = `:ssm:${region}:${accounts.shared?.id ?? ""}:`;
  return Object.entries(services).flatMap(([name, service]) =>
    [undefined, ...Object.keys(service.environments)].flatMap((environment) => {
      const at = environment === undefined ? [] : ["environments", environment];
      const { build } = environment === undefined ? service : overridesIn(service, environment);
      return Object.entries(build?.secrets ?? {})
        .filter(([, arn]) => arn.includes(":ssm:") && !arn.includes(place))
        .map(([secret, arn]) => ({
          path: ["services", name, ...at, "build", "secrets", secret],
          expected: `a parameter of the account and region that builds, arn:aws${place}…`,
          got: arn,
        }));
    }),
  );
};
