import { z } from "zod";
import { text } from "../values";

const MAX_SEGMENTS = 8;
/** Without `.` and `..`. The web server of the first task keeps /cgi-bin for programs. */
const segments = `(?!/cgi-bin(/|$))(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+){1,${MAX_SEGMENTS}}`;
/** An ALB path pattern ends at 128 characters, and codeseries adds two. */
const plainPath = `(?=.{1,126}$)(/|${segments})`;
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_PathPatternConditionConfig.html */
const pathPattern = "(?=.{1,128}$)(?!(.*[*?]){4})(?=.*[*?])/[A-Za-z0-9_.$/~'@:+*?-]*";

const path = text(
  new RegExp(`^(${plainPath}|${pathPattern})$`),
  `/, a path such as /iam of at most ${MAX_SEGMENTS} parts and 126 characters without a trailing slash, or a pattern such as /api/* with at most three * and ?`,
);

/** Labels of letters, digits and hyphens, or with * and ?; an environment's name may be a part of one. */
const label = "(?!-)([a-z0-9*?-]|\\{environment\\}){1,63}(?<!-)";
/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_HostHeaderConditionConfig.html */
const host = text(
  new RegExp(`^(?=.{1,125}$)(?!(.*[*?]){3})(${label}\\.)+[a-z]{2,63}$`),
  "a host name in lower case such as api.example.com, {environment}.example.com or *.example.com, with at most two * and ?",
);

const different = (values: readonly string[]) => new Set(values).size === values.length;

export const hosts = z.union([
  host,
  z.array(host, "a list of host names").min(1, "at least one host name").refine(different, "different hosts"),
]);

export const paths = z.union([
  path,
  z
    .array(path, "a list of paths")
    .min(1, "at least one path")
    .refine(different, "different paths")
    .refine((values) => values.length === 1 || !values.includes("/"), "/ alone: it has every other path"),
]);

/** ALB takes 1,024 characters. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const healthCheckPath = text(
  new RegExp(`^(?=.{1,1024}$)(/|${segments}/?)(\\?[A-Za-z0-9._~=&%+:@,;/-]*)?$`),
  `/ or a path such as /iam/health of at most ${MAX_SEGMENTS} parts; it may end in a slash and have a query`,
);

/** An ALB counts to 50,000; a service with several rules has the numbers after this one too. */
const priorityExpected = "a whole number from 1 to 49900";
export const priority = z.int(priorityExpected).min(1, priorityExpected).max(49_900, priorityExpected);
