import ipaddr from "ipaddr.js";
import type { Check, Fault, Warn } from "../../../config/fault";
import type { Config, EnvironmentConfig } from "../../../config/schema";
import { prefixOf } from "../../../config/schema/values";
import { isPattern } from "../../routes/conditions";
import { hostedZoneOf } from "../../routes/hosts";
import { systemOf } from "../../system";
import { settingPath } from "../service/setting-path";

const NOT_ON_THE_INTERNET = ["private", "carrierGradeNat", "linkLocal", "loopback"];
const MIN_PREFIX = 8;

/** Addresses that an internet-facing load balancer never sees. */
const isPrivate = (source: string) =>
  ipaddr.IPv4.isValidCIDRFourPartDecimal(source) &&
  prefixOf(source) >= MIN_PREFIX &&
  NOT_ON_THE_INTERNET.includes(ipaddr.IPv4.parseCIDR(source)[0].range());

/** Sources that an internet-facing load balancer never sees: a name resolves to its public addresses. */
const privateSources = ({ ingress }: EnvironmentConfig): Fault[] =>
  ingress.internal
    ? []
    : (["allowFrom", "testTrafficFrom"] as const).flatMap((key) =>
        ingress[key].flatMap((source, index) =>
          isPrivate(source)
            ? [
                {
                  path: ["ingress", key, index],
                  expected:
                    "public addresses, such as those of your NAT gateways, or internal: true: an internet-facing load balancer never sees private ones",
                  got: source,
                },
              ]
            : [],
        ),
      );

/** In a network that codeseries makes, the NAT gateways are known. */
const unknownTesters = ({ ingress, network }: EnvironmentConfig): Fault[] =>
  "vpcId" in network && !ingress.internal && ingress.testTrafficFrom.length === 0
    ? [
        {
          path: ["ingress", "testTrafficFrom"],
          expected:
            "the public addresses that test a release, such as those of the VPC's NAT gateways: without them nothing can reach the test listener of an internet-facing load balancer in an existing VPC",
          got: undefined,
        },
      ]
    : [];

const missingSubnets = ({ ingress, network }: EnvironmentConfig): Fault[] =>
  "vpcId" in network && !ingress.internal && network.publicSubnetIds.length === 0
    ? [
        {
          path: ["network", "publicSubnetIds"],
          expected: "at least two public subnets for the load balancer, or ingress.internal: true",
          got: undefined,
        },
      ]
    : [];

const unsaidHttp = ({ ingress, protect }: EnvironmentConfig): Fault[] =>
  protect && ingress.certificateArn === undefined && ingress.http !== true
    ? [
        {
          path: ["ingress", "http"],
          expected:
            "ingress.certificateArn for HTTPS, or true: a protected environment would serve plain HTTP",
          got: ingress.http,
        },
      ]
    : [];

/** Load balancers that nobody could reach, or that would serve what was not asked for. */
export const wrongLoadBalancers: Check<Config> = ({ environments }) =>
  Object.entries(environments).flatMap(([name, environment]) =>
    [privateSources, unknownTesters, missingSubnets, unsaidHttp].flatMap((check) =>
      check(environment).map((fault) => ({ ...fault, path: ["environments", name, ...fault.path] })),
    ),
  );

/** Hosts that are in none of the zones of their environment. */
export const hostsWithoutZone: Check<Config> = (config) =>
  systemOf(config).deliveries.flatMap((delivery) => {
    const { hostedZones } = delivery.environment.ingress;
    const domains = Object.keys(hostedZones);
    return delivery.settings.hosts
      .filter((host) => domains.length > 0 && !isPattern(host) && !hostedZoneOf(host, hostedZones))
      .map((host) => ({
        path: settingPath(config, delivery, ["host"]),
        expected: `a host in one of the hosted zones of ${delivery.environment.name}: ${domains.join(", ")}`,
        got: host,
      }));
  });

/** Plain HTTP that nobody asked for. */
export const plainHttp: Warn<Config> = ({ environments }) =>
  Object.entries(environments)
    .filter(([, { ingress }]) => ingress.certificateArn === undefined && ingress.http !== true)
    .map(([name]) => ({
      path: ["environments", name, "ingress"],
      text: "the load balancer serves plain HTTP; certificateArn gives HTTPS, and http: true ends this warning",
    }));
