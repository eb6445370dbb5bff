import { z } from "zod";
import { section } from "./section";
import { text } from "./values";

const ids = (prefix: string, max: number) =>
  z
    .array(
      text(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `an id such as ${prefix}-0123456789abcdef0`),
      `a list of ids such as ${prefix}-0123456789abcdef0`,
    )
    .min(1, "at least one id")
    .max(max, `at most ${max} ids, as AWS allows`)
    .refine((all) => new Set(all).size === all.length, "different ids");

/** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_VpcConfig.html */
export const buildVpc = section(
  {
    vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "a VPC id such as vpc-0123456789abcdef0"),
    subnetIds: ids("subnet", 16).describe("Private subnets with a route to the internet through a NAT."),
    securityGroupIds: ids("sg", 5),
  },
  "An existing network for builds with build.vpc: true. In the account shared only.",
);
