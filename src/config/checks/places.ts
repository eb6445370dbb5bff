import type { Check, Fault } from "../fault";
import type { Config } from "../schema";
import { deliveriesOf, settingsOf } from "../settings";

/** `:eu-central-1:333333333333:`, as it stands in the ARNs of an environment's things. */
function placeOf({ accounts, environments, region }: Config, environment: string): string | undefined {
  const id = accounts[environments[environment]?.account ?? environment]?.id;
  return id === undefined ? undefined : `:${region}:${id}:`;
}

/** An ALB takes certificates of its own account and region. */
const certificates: Check<Config> = (config) =>
  Object.entries(config.environments).flatMap(([name, { ingress }]): Fault[] => {
    const place = placeOf(config, name);
    const { certificateArn } = ingress;
    if (certificateArn === undefined || place === undefined || certificateArn.includes(place)) return [];
    return [
      {
        path: ["environments", name, "ingress", "certificateArn"],
        expected: `a certificate of the environment's account and region, arn:aws:acm${place}…`,
        got: certificateArn,
      },
    ];
  });

/** CodeDeploy runs functions of its own account and region. */
const hooks: Check<Config> = (config) =>
  deliveriesOf(config).flatMap(({ environment, service: name }) => {
    const place = placeOf(config, environment);
    const service = config.services[name];
    if (service === undefined || place === undefined) return [];
    const own = service.environments[environment]?.deployment?.hooks ?? {};
    return Object.entries(settingsOf(service, environment).deployment.hooks)
      .filter(([, arn]) => !arn.includes(place))
      .map(([hook, arn]): Fault => ({
        path: [
          "services",
          name,
          ...(hook in own ? ["environments", environment] : []),
          "deployment",
          "hooks",
          hook,
        ],
        expected: `a function of the account and region of ${environment}, arn:aws:lambda${place}…`,
        got: arn,
      }));
  });

/** Things that must lie where they are used. */
export const wrongPlaces: Check<Config> = (config) => [...certificates(config), ...hooks(config)];
