import type { Check, Fault, Path } from "../../config/fault";
import { UNKNOWN_ACCOUNT } from "../../config/lenient";
import type { Config } from "../../config/schema";
import { overridesIn } from "../settings";
import { systemOf } from "../system";

/** `:eu-central-1:333333333333:`, as it occurs in the ARNs of an environment's resources. */
function placeOf({ accounts, environments, region }: Config, environment: string): string | undefined {
  const id = accounts[environments[environment]?.account ?? environment]?.id;
  return id === undefined || id === UNKNOWN_ACCOUNT ? undefined : `:${region}:${id}:`;
}

/** An ALB accepts certificates of its own account and region. */
const certificates: Check<Config> = (config) =>
  Object.entries(config.environments).flatMap(([name, { ingress }]): Fault[] => {
    const place = placeOf(config, name);
    const { additionalCertificateArns, certificateArn } = ingress;
    const all: [Path, string | undefined][] = [
      [["certificateArn"], certificateArn],
      ...additionalCertificateArns.map((arn, index): [Path, string] => [
        ["additionalCertificateArns", index],
        arn,
      ]),
    ];
    return all
      .filter(([, arn]) => arn !== undefined && place !== undefined && !arn.includes(place))
      .map(([path, arn]) => ({
        path: ["environments", name, "ingress", ...path],
        expected: `a certificate of the environment's account and region, arn:aws:acm${place ?? ""}…`,
        got: arn,
      }));
  });

/** CodeDeploy runs functions of its own account and region. */
const hooks: Check<Config> = (config) =>
  systemOf(config).deliveries.flatMap(({ environment, service, settings }) => {
    const place = placeOf(config, environment.name);
    if (place === undefined) return [];
    const own = overridesIn(config.services[service.name], environment.name).deployment?.hooks ?? {};
    return Object.entries(settings.deployment.hooks)
      .filter(([, arn]) => !arn.includes(place))
      .map(([hook, arn]): Fault => ({
        path: [
          "services",
          service.name,
          ...(hook in own ? ["environments", environment.name] : []),
          "deployment",
          "hooks",
          hook,
        ],
        expected: `a function of the account and region of ${environment.name}, arn:aws:lambda${place}…`,
        got: arn,
      }));
  });

/** Resources that must be in the account and region that use them. */
export const wrongPlaces: Check<Config> = (config) => [...certificates(config), ...hooks(config)];
