import { z } from "zod";
import { certificateArn } from "../arns";
import { section } from "../section";
import { flag, network as cidr, port as portNumber, prefixOf, s3Bucket, text, whole } from "../values";

export const HTTP_PORT = 80;
export const HTTPS_PORT = 443;
const DEFAULT_TEST_PORT = 8443;
/** Two /1 cover the internet as one /0 does; no organization owns more than a /8. */
const MIN_PRIVATE_PREFIX = 8;

const isDifferent = (values: readonly string[]) => new Set(values).size === values.length;

/** Source of a security group rule: a network, or a managed prefix list. */
const sourceExpected = "an IPv4 network such as 10.10.0.0/16, or the id of a prefix list, pl-…";
const source = z
  .string(sourceExpected)
  .refine((value) => value.startsWith("pl-") || cidr(0, 32).safeParse(value).success, sourceExpected)
  .refine((value) => !value.startsWith("pl-") || /^pl-[0-9a-f]{8,17}$/.test(value), sourceExpected);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const tlsPolicy = text(
  /^ELBSecurityPolicy-[A-Za-z0-9-]+$/,
  "an ALB security policy such as ELBSecurityPolicy-TLS13-1-2-2021-06",
);

/** Domains, with the ids of the public or private zones that have their records. */
const hostedZones = z.record(
  text(
    /^(?=.{1,255}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "a domain in lower case such as example.com",
  ),
  text(/^Z[A-Z0-9]{1,31}$/, "the id of a Route 53 hosted zone such as Z0123456789ABCDEFGHIJ"),
  "a mapping of domains to hosted zone ids",
);

export const ingress = section(
  {
    internal: flag
      .default(false)
      .describe("A load balancer in the private subnets, with private addresses. A change replaces it."),
    allowFrom: z
      .array(source, "a list of networks and prefix lists such as [203.0.113.0/24]")
      .min(1, "at least one network or prefix list")
      .refine(isDifferent, "different networks and prefix lists")
      .default(["0.0.0.0/0"])
      .describe("Who may reach the services: networks and managed prefix lists."),
    certificateArn: certificateArn.optional().describe("HTTPS, with a redirect from HTTP."),
    additionalCertificateArns: z
      .array(certificateArn, "a list of ARNs of ACM certificates")
      .refine(isDifferent, "different certificates")
      .default([])
      .describe("For hosts that certificateArn does not name."),
    http: flag.optional().describe("Confirms plain HTTP; needed with protect and without certificateArn."),
    tlsPolicy: tlsPolicy
      .default("ELBSecurityPolicy-TLS13-1-2-2021-06")
      .describe("Protocols and ciphers of HTTPS."),
    hostedZones: hostedZones
      .default({})
      .describe(
        "In the environment's account. Each host gets an alias record in the zone of its longest suffix.",
      ),
    accessLogsBucket: s3Bucket
      .optional()
      .describe("A bucket that codeseries creates for the load balancer's access logs."),
    idleTimeoutSeconds: whole(1, 4000, "seconds")
      .default(60)
      .describe("How long the load balancer keeps an idle connection open."),
    dropInvalidHeaders: flag
      .default(true)
      .describe("Removes headers whose names have other characters than letters, digits and hyphens."),
    testPort: portNumber.default(DEFAULT_TEST_PORT).describe("The listener that reaches green first."),
    testTrafficFrom: z
      .array(cidr(0, 32), "a list of networks such as [10.10.0.0/16]")
      .refine(isDifferent, "different networks")
      .default([])
      .describe(
        "Networks that can reach the test listener; if empty, only the VPC and its NAT gateways. An internet-facing load balancer sees public addresses.",
      ),
    testTrafficFromInternet: flag.default(false).describe("Confirms a wide testTrafficFrom."),
  },
  "The load balancer.",
)
  .refine(
    (value) => value.testPort !== HTTP_PORT && !(value.certificateArn && value.testPort === HTTPS_PORT),
    {
      path: ["testPort"],
      error: "another port than the production listener's",
    },
  )
  .refine((value) => value.certificateArn !== undefined || value.additionalCertificateArns.length === 0, {
    path: ["additionalCertificateArns"],
    error: "certificateArn too: these are for the hosts that it does not name",
  })
  .refine((value) => !(value.certificateArn && value.http), {
    path: ["http"],
    error: "false or nothing: with certificateArn, HTTP is redirected to HTTPS",
  })
  .check(({ value, issues }) => {
    value.testTrafficFrom.forEach((one, index) => {
      if (!value.testTrafficFromInternet && prefixOf(one) < MIN_PRIVATE_PREFIX)
        issues.push({
          code: "custom",
          input: one,
          path: ["testTrafficFrom", index],
          message: `a network of /${MIN_PRIVATE_PREFIX} or smaller, or testTrafficFromInternet: true`,
        });
    });
  });
