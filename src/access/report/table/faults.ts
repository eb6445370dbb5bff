import { titleOf, type WiringFault } from "../../wiring/wiring-fault";
import type { Failure } from "../failure";
import type { Report, StackDifference } from "../report";
import type { Look } from "./look";

/** Everything that keeps a system from being proven, but survivors. */
export const faultTexts = ({ differences, failures, wiring }: Report, look: Look): string[] => [
  ...failures.map((failure) => failureText(failure, look)),
  ...wiring.map((fault) => wiringText(fault, look)),
  ...(differences.length > 0 ? [differencesText(differences, look)] : []),
];

function failureText(failure: Failure, { paint }: Look): string {
  const { account, actions, add, because, resources, roles, section, what } = failure;
  const facts = { role: roles, action: actions, resource: resources, account: [account] };
  return [
    paint("red", `✗ ${section}: ${what}`),
    ...Object.entries(facts).map(
      ([name, values]) => `  ${name.padEnd("resource".length)}  ${values.join(", ")}`,
    ),
    ...because.map((line) => `  ${paint("yellow", line)}`),
    ...add.flatMap(({ statement, to }) => [
      `  add to ${to}:`,
      JSON.stringify(statement, undefined, 2).replaceAll(/^/gm, "    "),
    ]),
  ].join("\n");
}

function wiringText(fault: WiringFault, { paint }: Look): string {
  const { expected, got } = fault;
  const title = paint("red", `✗ ${titleOf(fault)}`);
  return expected === undefined || got === undefined
    ? title
    : `${title}\n  expected  ${expected}\n  got       ${got}`;
}

/** A configuration that was changed after the synthesis differs everywhere. */
const MAX_DIFFERENCES = 10;

function differencesText(differences: readonly StackDifference[], { paint }: Look): string {
  const more = differences.length - MAX_DIFFERENCES;
  return [
    paint("red", "✗ the stacks are not what the configuration makes of them: run npm run synth"),
    ...differences
      .slice(0, MAX_DIFFERENCES)
      .flatMap(({ expected, got, path, stack }) => [
        `  stack ${stack}: ${path}`,
        `    expected  ${expected}`,
        `    got       ${got}`,
      ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join("\n");
}
